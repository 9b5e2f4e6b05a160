"""A serving process lets go of what only loading needed."""

import pytest

from opastin import memory


@pytest.mark.parametrize("library", [OSError, AttributeError])
def test_memory_settles_without_the_gnu_c_library_too(monkeypatch, library):
    def load(name):
        raise library

    monkeypatch.setattr(memory.ctypes, "CDLL", load)
    monkeypatch.setattr(memory.gc, "freeze", lambda: None)
    memory.settle_memory()
