"""Teams of the desk, for administrators: what comes to each, and when its coaches are at work."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import audit, teams
from coaching.desk_models import Coach, Team
from coaching.teams import BadTeam, TeamExists, Wishes
from web.desk.page import desk_page, go, words
from web.desk.parts import problem, status_line
from web.desk.session import needs, session_of
from web.desk.team_forms import TEAMS, all_teams, one_team
from web.desk.team_typed import Typed, UnknownPlace, read
from web.errors import ApiError
from web.keys import SETTINGS, STORAGE
from web.labels import Labels


def routes() -> list[web.RouteDef]:
    """Return the addresses of the teams."""
    return [
        web.get(TEAMS, show_all),
        web.get(f"{TEAMS}/new", show),
        web.post(f"{TEAMS}/new", change),
        web.get(f"{TEAMS}/{{team:[0-9]{{1,9}}}}", show),
        web.post(f"{TEAMS}/{{team:[0-9]{{1,9}}}}", change),
    ]


@needs("manage")
async def show_all(request: web.Request, coach: Coach) -> web.Response:
    """List every team."""
    labels = words(coach.language)
    found, members = await request.app[STORAGE].read(
        lambda session: (teams.every(session), teams.members(session))
    )
    news = status_line(labels.text("shell.saved")) if "saved" in request.query else None
    title = labels.text("teams.title")
    return desk_page(
        request, coach, title, news, *all_teams(labels, found, members), current="teams"
    )


@needs("manage")
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show the form of a team, or of a new one."""
    team = await request.app[STORAGE].read(lambda session: _get(request, session))
    typed = Typed() if team is None else Typed.of(team, coach.language)
    return _form(request, coach, typed)


@needs("manage")
async def change(request: web.Request, coach: Coach) -> web.Response:
    """Keep what the form of a team says."""
    typed = await read(request)
    labels = words(coach.language)
    try:
        wishes = typed.wishes()
        await request.app[STORAGE].write(lambda session: _keep(request, coach, wishes, session))
    except UnknownPlace as unknown:
        return _form(request, coach, typed, [labels.text("teams.bad.places", value=unknown.name)])
    except BadTeam as bad:
        return _form(request, coach, typed, [_say(labels, bad)])
    except TeamExists:
        return _form(request, coach, typed, [labels.text("teams.exists")])
    return go(f"{TEAMS}?saved=1")


def _keep(request: web.Request, coach: Coach, wishes: Wishes, session: Session) -> None:
    team, now = _get(request, session), request.app[SETTINGS].now()
    if team is None:
        team = teams.add(session, wishes)
        audit.note(session, coach.name, "team_added", team.name, now)
        return
    teams.change(session, team, wishes)
    audit.note(session, coach.name, "team_changed", team.name, now)


def _say(labels: Labels, bad: BadTeam) -> str:
    if bad.part == "hours":
        return labels.text("teams.bad.hours", value=bad.value)
    return labels.text(f"teams.bad.{bad.part}", value=bad.value)


def _form(
    request: web.Request, coach: Coach, typed: Typed, problems: Sequence[str] = ()
) -> web.Response:
    labels = words(coach.language)
    title = labels.text("teams.one" if "team" in request.match_info else "teams.new")
    return desk_page(
        request,
        coach,
        title,
        problem(labels, *problems) if problems else None,
        one_team(labels, session_of(request), request.path, typed),
        current="teams",
        status=400 if problems else 200,
    )


def _get(request: web.Request, session: Session) -> Team | None:
    """Return the team that the address names, None where it is that of a new one."""
    written = request.match_info.get("team")
    if written is None:
        return None
    found = teams.get(session, int(written))
    if found is None:
        raise ApiError("not_found")
    return found
