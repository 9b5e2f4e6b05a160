"""The plan of a conversation over HTTP: its steps for a calendar."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from coaching.conversations import latest_custom
from coaching.models import Conversation
from coaching.transcript import Line
from web.calendar_file import calendar_of
from web.errors import ApiError
from web.keys import SETTINGS
from web.opened import in_conversation

PLAN = "plan"


async def calendar(request: web.Request) -> web.Response:
    """Answer with the latest plan's steps as a calendar file."""

    def work(session: Session, conversation: Conversation, now: datetime) -> Line | None:
        return latest_custom(session, conversation.id, PLAN)

    plan = await in_conversation(request, work, is_limited=False)
    if plan is None or plan.custom is None:
        raise ApiError("no_plan")
    file = calendar_of(
        plan.custom["steps"],
        conversation=request.match_info["conversation"],
        language=plan.language,
        now=request.app[SETTINGS].now(),
    )
    return web.Response(
        body=file,
        content_type="text/calendar",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="opastin.ics"'},
    )
