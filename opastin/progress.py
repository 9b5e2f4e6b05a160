"""How commands tell what they are doing: a line at a time, on standard error."""

from __future__ import annotations

from collections.abc import Callable

import click

Progress = Callable[[str], None]


def say(line: str) -> None:
    """Tell the person at the keyboard something in one line."""
    click.echo(line, err=True)
