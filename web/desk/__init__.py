"""The coaches' desk: pages under /coach, drawn by the server, kept up to date by scripts."""

from __future__ import annotations

from collections.abc import Iterator

from aiohttp import web


def desk_routes() -> Iterator[web.RouteDef]:
    """Yield every address of the desk."""
    # The application's keys name a module of this package, and the pages import the keys.
    from web import static_files
    from web.desk import (
        accounts_page,
        audit_page,
        calls_page,
        canned_page,
        live,
        login,
        measures,
        options_page,
        own_account,
        plan_page,
        quality,
        queue_page,
        review_page,
        reviews,
        talk_acts,
        talk_page,
        teams_page,
        transcript,
        transcripts,
    )
    from web.desk.page import ASSETS

    yield from login.routes()
    yield from own_account.routes()
    yield from queue_page.routes()
    yield from calls_page.routes()
    yield from canned_page.routes()
    yield from talk_page.routes()
    yield from talk_acts.routes()
    yield from options_page.routes()
    yield from plan_page.routes()
    yield from live.routes()
    yield from accounts_page.routes()
    yield from teams_page.routes()
    yield from audit_page.routes()
    yield from measures.routes()
    yield from transcripts.routes()
    yield from transcript.routes()
    yield from reviews.routes()
    yield from review_page.routes()
    yield from quality.routes()
    yield static_files.routes("/coach/assets", ASSETS, lean=True)
