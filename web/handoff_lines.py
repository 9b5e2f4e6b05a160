"""What the gateway says about a coach: what could be had, what is under way, who speaks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coaching import queue
from coaching.handoff import CLOSED, CRISIS, WAITING, WITH_BOT, WITH_COACH
from coaching.models import Conversation
from coaching.packet import preview
from coaching.transcript import SYSTEM, Draft
from opastin.texts import Texts
from web.callback import REQUEST_PAYLOAD
from web.handoff_state import Prospects, part
from web.labels import Labels
from web.opening_words import FILES, when_in_words
from web.packet_words import preview_lines
from web.wording import say

OFFERED, CONSENT = "offered", "consent"
# From so many minutes on a wait is told in steps of five.
_ROUGHLY_FROM = 10

Button = Mapping[str, str]


def answer_payload(answer: str) -> str:
    """Return the payload of a button that the gateway itself answers."""
    return f'/handoff{{"answer": "{answer}"}}'


@dataclass(frozen=True)
class Lines:
    """The lines for one conversation as it stands, in its language."""

    session: Session
    conversation: Conversation
    texts: Texts
    now: datetime

    def consent(self, why: str) -> Draft:
        """Return the question whether a coach may see what was told, with all that it would be."""
        lines = preview_lines(preview(self.session, self.conversation), self.texts)
        name = "consent_crisis" if why == CRISIS else "consent"
        buttons = (self._button("accept", "yes"), self.call(), self._button("decline", "no"))
        return self._draft(self._say(name), CONSENT, buttons, why=why, preview=lines)

    def nobody(self, prospects: Prospects, rest: str, buttons: Sequence[Button]) -> Draft:
        """Return that no coach is there, when one is, and the words that say what else to do."""
        return self._draft(f"{self.absence(prospects)} {rest}", OFFERED, buttons)

    def offer_call(self, prospects: Prospects) -> Draft:
        """Return that no coach is there, and the offer of a call."""
        return self.nobody(prospects, self._say("offer_callback"), (self.call(),))

    def absence(self, prospects: Prospects) -> str:
        """Return why nobody can join now, and when somebody can, where that is known."""
        if prospects.opens_at is None:
            return self._say("nobody")
        return self._say("away", when=self._when(prospects.opens_at))

    def waiting(self) -> Draft:
        """Return that a coach has been asked, and how long it may take."""
        text = f"{self._say('waiting')} {self._wait()}"
        return self._draft(text, WAITING, self._ways_out())

    def news(self, prospects: Prospects) -> Draft:
        """Return how the waiting stands; with nobody there any more, what else to do."""
        if prospects.is_on_duty:
            text = f"{self._say('still_waiting')} {self._wait()}"
            return self._draft(text, WAITING, self._ways_out())
        text = f"{self.absence(prospects)} {self._say('offer_callback')}"
        return self._draft(text, WAITING, self._ways_out(), nobody=True)

    def urgent(self) -> Draft:
        """Return that the person is first in the queue now."""
        return self._draft(self._say("urgent"), WAITING, (self.call(),))

    def cancelled(self) -> Draft:
        """Return that the person waits no longer."""
        return Draft(self._say("cancelled"), speaker=SYSTEM)

    def joined(self, name: str) -> Draft:
        """Return who answers from now on."""
        return self._draft(self._say("joined", coach=name), WITH_COACH, (), name=name)

    def ask_to_show(self, name: str) -> Draft:
        """Return the question whether a coach who came unasked may see what was told."""
        buttons = (self._button("show_yes", "show"), self._button("show_no", "hide"))
        lines = preview_lines(preview(self.session, self.conversation), self.texts)
        custom = part(self.session, self.conversation, CONSENT, preview=lines, name=name)
        return Draft(self._say("show", coach=name), buttons, custom | {"hours": None}, SYSTEM)

    def shown(self, name: str, *, is_shown: bool) -> Draft:
        """Return what the coach sees from now on."""
        return Draft(self._say("shown" if is_shown else "not_shown", coach=name), speaker=SYSTEM)

    def left(self, name: str, *, is_closed: bool) -> Draft:
        """Return that the coach has gone, and who answers now."""
        text = self._say("closed" if is_closed else "given_back")
        buttons = (self._button("talk", "ask"),) if is_closed else ()
        custom = part(self.session, self.conversation, CLOSED if is_closed else WITH_BOT, name=name)
        return Draft(text, buttons, custom | {"hours": None}, SYSTEM)

    def call(self) -> Button:
        """Return the button that leaves a call-back request."""
        title = say("request_callback", self.conversation.language)
        return {"title": title, "payload": REQUEST_PAYLOAD}

    def talk(self) -> Button:
        """Return the button that asks for a coach."""
        return self._button("talk", "ask")

    def opens(self, prospects: Prospects) -> str:
        """Return when the coaches are at work again; "" where they are, or nobody knows."""
        if prospects.opens_at is None:
            return ""
        return self._say("callback_when", when=self._when(prospects.opens_at))

    def _ways_out(self) -> tuple[Button, ...]:
        return (self.call(), self._button("cancel", "cancel"))

    def _wait(self) -> str:
        left = queue.expected_wait(self.session, self.conversation, self.now)
        if left is None:
            return self._say("wait_unknown")
        minutes = _minutes(left)
        return self._say("wait_minute" if minutes == 1 else "wait_minutes", minutes=minutes)

    def _when(self, moment: datetime) -> str:
        return when_in_words(moment, self.now, self.conversation.language)

    def _draft(self, text: str, state: str, buttons: Sequence[Button], **more: object) -> Draft:
        custom = part(self.session, self.conversation, state, **more)
        return Draft(text, buttons, custom, SYSTEM)

    def _button(self, title: str, answer: str) -> Button:
        return {"title": self._say(title), "payload": answer_payload(answer)}

    def _say(self, name: str, **values: object) -> str:
        one = self.conversation
        return Labels(one.language, plain=one.plain_language, files=FILES).text(name, **values)


def _minutes(wait: timedelta) -> int:
    """Return a wait in whole minutes, a long one in steps of five: it is a guess."""
    minutes = max(1, math.ceil(wait / timedelta(minutes=1)))
    return minutes if minutes < _ROUGHLY_FROM else math.ceil(minutes / 5) * 5
