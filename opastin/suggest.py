"""`opastin suggest`: ranked options for a profile, as JSON."""

from __future__ import annotations

import json
from typing import TextIO

import click

from opastin.errors import UserError


@click.command("suggest")
@click.option(
    "--profile",
    "source",
    type=click.File(encoding="utf-8"),
    default="-",
    help="A JSON file with the profile; standard input without it.",
)
def command(source: TextIO) -> None:
    """Print ranked options for a profile, as JSON."""
    from catalog.db import session_factory
    from guidance.presentation import suggestions_as_json
    from guidance.request import SuggestRequest
    from guidance.suggestions import suggest
    from opastin.home import ensure_home
    from opastin.settings import load_settings
    from opastin.texts import load_texts

    try:
        request = SuggestRequest.from_json(json.load(source))
    except ValueError as error:
        raise UserError(f"The profile is not JSON: {error}.") from error
    settings = load_settings()
    ensure_home(settings)
    with session_factory(settings.catalog_url)() as session:
        suggestions = suggest(session, request.profile, today=settings.today(), limit=request.limit)
    answer = suggestions_as_json(suggestions, request.profile, load_texts())
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
