"""The measures of guidance, filtered, as pictures, tables and a download."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.orm import Session

from coaching.desk_models import Coach
from coaching.measure_report import Report, make_report
from opastin.safe_csv import write_csv
from web.desk.measure_names import Names
from web.desk.measure_wishes import Wishes, read_teams, read_wishes
from web.desk.measures_page import body
from web.desk.measures_table import rows
from web.desk.page import desk_page, words
from web.desk.session import DESK, needs
from web.keys import KEPT_REPORTS, SETTINGS, STORAGE
from web.markup import PRIVATE

MEASURES = f"{DESK}/measures"
STYLES = ("/coach/assets/desk-measures.css",)


def routes() -> list[web.RouteDef]:
    """Return the addresses of the measures."""
    return [web.get(MEASURES, show), web.get(f"{MEASURES}.csv", download)]


@needs("measure")
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show the measures."""
    wishes, report, teams = await _read(request)
    names = Names(words(coach.language), teams)
    return desk_page(
        request,
        coach,
        names.text("title"),
        *body(names, report, wishes, teams, address=MEASURES),
        current="measures",
        styles=STYLES,
    )


@needs("measure")
async def download(request: web.Request, coach: Coach) -> web.Response:
    """Return the measures as a table that a spreadsheet opens."""
    _, report, teams = await _read(request)
    weeks = report.scope.names
    name = f"opastin-{weeks[0]}-{weeks[-1]}.csv"
    return web.Response(
        text=write_csv(rows(report, Names(words(coach.language), teams))),
        content_type="text/csv",
        charset="utf-8",
        headers={**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _read(request: web.Request) -> tuple[Wishes, Report, dict[int, str]]:
    storage, today = request.app[STORAGE], request.app[SETTINGS].today()
    teams = await storage.read(read_teams)
    wishes = read_wishes(request, teams)

    def work(session: Session) -> Report:
        return make_report(session, wishes.scope(today), today=today)

    wish = ("measures", wishes, today)
    report = await request.app[KEPT_REPORTS].get(wish, lambda: storage.read(work))
    return wishes, report, teams
