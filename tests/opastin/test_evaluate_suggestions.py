"""`opastin evaluate suggestions` from end to end, on an empty home."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from opastin.errors import UserError
from opastin.evaluate import command


def test_an_empty_home_is_measured_with_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OPASTIN_TODAY", "2026-11-22")
    report, picture = tmp_path / "figures.json", tmp_path / "spread.svg"
    arguments = ["suggestions", "--profiles", "2", "--json", str(report)]

    result = CliRunner().invoke(command, [*arguments, "--picture", str(picture)])

    assert result.exit_code == 0, result.output
    assert "sample data" in result.output
    figures = json.loads(report.read_text(encoding="utf-8"))
    assert (figures["date"], figures["seed"], figures["people"]["people"]) == ("2026-11-22", 7, 2)
    assert picture.exists()


@pytest.mark.parametrize(
    "arguments", [["--picture", "spread.gif"], ["--json", "no/such/folder.json"]]
)
def test_what_cannot_be_written_is_said_before_the_work(arguments: list[str]) -> None:
    with pytest.raises(UserError):
        CliRunner().invoke(command, ["suggestions", *arguments], catch_exceptions=False)
