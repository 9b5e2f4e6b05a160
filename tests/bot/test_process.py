"""What a process settles first."""

from __future__ import annotations

import logging

import pytest
import structlog

from bot import process


@pytest.fixture
def unset(monkeypatch):
    """Undo what preparing does to this process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    for name in process.ENVIRONMENT:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    yield
    root.handlers[:], root.level = handlers, level
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


@pytest.mark.parametrize("library", [OSError, AttributeError])
def test_memory_settles_without_the_gnu_c_library_too(monkeypatch, library):
    def load(name):
        raise library

    monkeypatch.setattr(process.ctypes, "CDLL", load)
    monkeypatch.setattr(process.gc, "freeze", lambda: None)
    process.settle_memory()
