"""`opastin evaluate`: quality reports, as a table and as JSON; one report a module."""

from __future__ import annotations

import click

from opastin import evaluate_dialogues, evaluate_nlu, evaluate_readability, evaluate_suggestions


@click.group()
def command() -> None:
    """Measure the bot's quality."""


command.add_command(evaluate_dialogues.command)
command.add_command(evaluate_nlu.command)
command.add_command(evaluate_readability.command)
command.add_command(evaluate_suggestions.command)
