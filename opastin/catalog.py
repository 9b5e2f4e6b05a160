"""The command `opastin catalog`: the catalogue's own commands, and what was asked for in vain."""

from __future__ import annotations

import click

from catalog.cli import command as catalogue
from opastin.demand import command as demand

command = click.CommandCollection(
    name="catalog",
    sources=[catalogue, demand],
    help="Import, export, search, check and count study options.",
)
