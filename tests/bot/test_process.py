"""What a process settles first."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest
import structlog

from bot import process
from tests.kept_logging import kept_logging


@pytest.fixture
def unset(monkeypatch):
    """Undo what preparing does to this process."""
    for name in process.ENVIRONMENT:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setitem(sys.modules, process.UNUSED, None)
    with kept_logging():
        yield
    logging.captureWarnings(False)
    structlog.reset_defaults()


def test_what_the_operator_has_set_is_kept(unset, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    process.prepare_process()
    assert process.os.environ["OMP_NUM_THREADS"] == "4"
    assert process.os.environ["RASA_TELEMETRY_ENABLED"] == "false"


def test_rasas_debug_lines_are_not_printed(unset, capsys):
    process.prepare_process()
    structlog.get_logger().debug("processor.message.parse", text="salaisuus")
    structlog.get_logger().error("interpolator.text", text="salaisuus")
    logging.getLogger("rasa.core").info("salaisuus")
    printed = capsys.readouterr()
    assert "salaisuus" not in printed.out + printed.err
    assert "interpolator.text" in printed.err


def test_tensorflow_does_without_what_is_never_imported():
    lines = (
        "import sys",
        "from bot.process import UNUSED, prepare_process",
        "prepare_process()",
        "import tensorflow",
        "assert sys.modules[UNUSED] is None",
        "assert not any(name.startswith(UNUSED) and sys.modules[name] for name in sys.modules)",
        "assert tensorflow.keras.layers.Dense(2)(tensorflow.ones((1, 3))).shape == (1, 2)",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


def test_what_was_imported_before_stays(unset, monkeypatch):
    monkeypatch.setitem(sys.modules, process.UNUSED, sys)
    process.prepare_process()
    assert sys.modules[process.UNUSED] is sys
