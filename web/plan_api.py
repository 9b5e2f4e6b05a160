"""The plan of a conversation over HTTP: its steps for a calendar."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.orm import Session

from coaching.conversations import latest_custom
from coaching.transcript import Line
from web.calendar_file import calendar_of
from web.errors import ApiError
from web.keys import SETTINGS, STORAGE, TURNS
from web.requests import read_token, speak

PLAN = "plan"


async def calendar(request: web.Request) -> web.Response:
    """Answer with the latest plan's steps as a calendar file."""
    token = read_token(request)
    conversation_id = request.match_info["conversation"]
    app = request.app
    now = app[SETTINGS].now()

    def work(session: Session) -> tuple[str, Line | None]:
        conversation = app[TURNS].doorkeeper.open(
            session, token, now=now, conversation_id=conversation_id
        )
        return conversation.language, latest_custom(session, conversation.id, PLAN)

    language, plan = await app[STORAGE].write(work)
    speak(request, language)
    if plan is None or plan.custom is None:
        raise ApiError("no_plan")
    file = calendar_of(
        plan.custom["steps"], conversation=conversation_id, language=plan.language, now=now
    )
    return web.Response(
        body=file,
        content_type="text/calendar",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="opastin.ics"'},
    )
