"""Coaches beside a gateway, for tests of what people see of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aiohttp.test_utils import TestClient
from sqlalchemy.orm import Session

from coaching import conversations, queue
from coaching.desk_models import Coach, Team
from coaching.models import Conversation
from opastin.settings import TIME_ZONE
from tests.coaching import desk
from web.handoffs import Handoffs
from web.keys import HANDOFFS, STORAGE

# A Monday within office hours.
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=TIME_ZONE)
OFFERED = {"kind": "handoff", "state": "offered"}
YES, NO = '/handoff{"answer": "yes"}', '/handoff{"answer": "no"}'
CANCEL, ASK = '/handoff{"answer": "cancel"}', '/handoff{"answer": "ask"}'


class Office:
    """The coaches of one gateway: who they are, and what they do."""

    def __init__(self, client: TestClient, now: datetime) -> None:
        self.client = client
        self.now = now

    @property
    def handoffs(self) -> Handoffs:
        return self.client.app[HANDOFFS]

    async def coach(self, name: str = "maija", **more: Any) -> Coach:
        """Have a coach come to work; `away` minutes ago, or now."""
        away = timedelta(minutes=more.pop("away", 0))
        values = {"now": self.now, "seen_at": self.now - away, **more}
        return await self._write(lambda session: desk.add_coach(session, name, **values))

    async def team(self, name: str = "team", **more: Any) -> Team:
        return await self._write(lambda session: desk.add_team(session, name, **more))

    async def conversation(self, conversation_id: str) -> Conversation:
        return await self._write(lambda session: conversations.get(session, conversation_id))

    async def waiting(self, coach: Coach) -> list[queue.Waiting]:
        return await self._write(lambda session: queue.waiting(session, coach, self.now))

    async def _write(self, work: Any) -> Any:
        def keep(session: Session) -> Any:
            found = work(session)
            session.flush()
            session.expunge_all()
            return found

        return await self.client.app[STORAGE].write(keep)


def payloads(reply: dict[str, Any]) -> list[str]:
    """Return what the buttons of a reply send."""
    return [button["payload"] for button in reply["buttons"]]
