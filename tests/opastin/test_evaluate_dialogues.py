"""`opastin evaluate dialogues`: what is checked before a service is started."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from opastin.errors import UserError
from opastin.evaluate import command


def test_a_pattern_that_no_script_has_is_told() -> None:
    with pytest.raises(UserError, match="nobody"):
        CliRunner().invoke(command, ["dialogues", "--only", "nobody"], catch_exceptions=False)


def test_a_response_that_does_not_exist_is_told(tmp_path: Path) -> None:
    (tmp_path / "fi").mkdir()
    script = "language: fi\nsituation: test\nturns: [{say: moi, expect: {says: utter_nonsense}}]\n"
    (tmp_path / "fi" / "greets.yml").write_text(script, encoding="utf-8")
    arguments = ["dialogues", "--scripts", str(tmp_path)]
    with pytest.raises(UserError, match="utter_nonsense"):
        CliRunner().invoke(command, arguments, catch_exceptions=False)
