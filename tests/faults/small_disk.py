"""A disk of a few megabytes that a test can fill to the last byte."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CHUNK = bytes(64 * 1024)


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[Path]:
    """Mount a small disk at `folder`, or skip the test where that is not allowed."""
    folder.mkdir()
    options = f"size={megabytes}m,mode=700"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("there is no `mount`")
    if done.returncode != 0:
        pytest.skip(f"no disk may be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Write a file until nothing more can be written; return it."""
    filler = folder / "filler"
    # Smaller and smaller, so that not a byte is left.
    with filler.open("ab", buffering=0) as file:
        for chunk in (CHUNK, bytes(512), bytes(1)):
            try:
                while file.write(chunk) == len(chunk):
                    pass
            except OSError:
                continue
    return filler
