"""Which pictures there are: every state, and the looks in which it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pictures.looks import (
    DESK,
    DESKTOP,
    KIOSK,
    LONG,
    PHONE,
    TABLET,
    Look,
    dark,
    easy,
    forced,
    spoken,
)

KIND = "webp"


@dataclass(frozen=True)
class Picture:
    """One state in one look."""

    surface: str
    state: str
    look: Look

    @property
    def file(self) -> str:
        """Return the name of its file."""
        return f"{self.surface}-{self.state}-{self.look.name}.{KIND}"


# By surface and state, what is to be seen.
STATES = {
    "widget": {
        "closed": "The button in the corner of a page, before anything is said",
        "greeting": "The chat opened: the greeting and the first choices",
        "typing": "The bot is writing",
        "question": "A question with its buttons; the one answered before stays readable",
        "options": "Option cards",
        "details": "One option in full",
        "rule": "An answer about money, with its source",
        "comparison": "Options side by side: a table where it is wide, pairs where it is narrow",
        "large": "The chat made larger",
        "saved": "What was put aside",
        "plan": "The plan with its dated steps",
        "take-home": "A page to take along, by code or address",
        "plan-paper": "The plan on paper",
        "handoff-offered": "A coach is offered",
        "callback": "A call-back is stored",
        "handoff-consent": "The person is asked what the coach may see",
        "handoff-waiting": "Waiting for a coach",
        "with-coach": "A coach has joined",
        "unread": "The chat is closed, and a coach has written",
        "handoff-closed": "The coach has left",
        "menu": "The menu",
        "text-size": "The largest text",
        "read-aloud": "Reading aloud is on, and this browser has no voice for the language",
        "rating": "How did it go",
        "rated": "The rating is given",
        "delete": "The question before everything is deleted",
        "erased": "Everything is deleted",
        "offline": "The connection is lost: what is written waits",
        "unanswered": "The bot could not answer",
        "too-fast": "Too many messages at once",
        "too-long": "A message that is too long",
        "expired": "An earlier conversation had ended",
        "failed": "The service does not answer",
    },
    "plain": {
        "beginning": "The chat without scripts, before it begins",
        "options": "Option cards without scripts",
        "plan": "The plan without scripts",
        "coach": "A coach, without scripts",
        "problem": "A message that could not be sent",
        "delete": "The question before everything is deleted",
        "erased": "Everything is deleted",
    },
    "kiosk": {
        "attract": "The first screen, while nobody is there",
        "people": "Alone, or two together",
        "visit": "A visit has begun",
        "keyboard": "The keyboard on the screen",
        "options": "Option cards",
        "plan": "The plan",
        "take-home": "The code that takes what was found to a phone",
        "phone": "The code that takes the conversation to a phone",
        "outside": "A page of another site as a code",
        "text-size": "The largest text",
        "warning": "Is anybody still there",
        "offline": "The connection is lost in mid-visit",
        "end": "The question before the visit ends",
        "over": "The visit has ended by itself: the conversation goes on with a phone",
        "two": "Two people together",
        "away": "The service is away",
        "pin": "The staff's PIN",
        "staff": "The staff's page",
        "unenrolled": "A device that nobody has taken into use",
    },
    "page": {
        "demo": "The page that shows the widget",
        "take-home": "The page to take home",
        "paper": "The page to take home, printed on A4",
        "expired": "A page that has expired",
        "unknown": "An address that leads nowhere",
        "continue": "The conversation is about to move to this phone",
        "continued": "The conversation goes on with this phone",
        "continue-gone": "A code that was used already",
        "enrol": "A kiosk is taken into use",
    },
    "coach": {
        "queue": "Who waits for a coach, and whom the coach has",
        "talk": "A talk, with what the person has told beside it",
        "transcripts": "Conversations, to be searched and filtered",
        "reviews": "What the bot did not understand, to be corrected",
        "measures": "Measures: rounded figures, small groups hidden",
    },
}

# The looks that each surface is seen in, and the states that are; "" means all of them.
_SEEN = (
    ("widget", PHONE, ""),
    (
        "widget",
        DESKTOP,
        "closed greeting question options comparison large plan with-coach menu text-size delete "
        "erased offline",
    ),
    ("widget", dark(PHONE), "options plan menu delete with-coach offline"),
    ("widget", dark(DESKTOP), "large"),
    ("widget", forced(DESKTOP), "question options menu"),
    ("widget", TABLET, "options plan"),
    ("widget", spoken(PHONE, "sv"), "greeting question options menu delete"),
    ("widget", spoken(PHONE, "en"), "greeting question options"),
    ("widget", easy(PHONE), "greeting options delete"),
    ("widget", LONG, "options comparison plan"),
    ("widget", spoken(LONG, "sv"), "plan"),
    ("widget", spoken(LONG, "en"), "plan"),
    ("plain", PHONE, ""),
    ("plain", LONG, "plan"),
    ("plain", DESKTOP, "beginning options problem"),
    ("plain", dark(PHONE), "options"),
    ("plain", spoken(PHONE, "sv"), "options"),
    ("kiosk", KIOSK, ""),
    ("kiosk", dark(KIOSK), "attract options keyboard"),
    ("kiosk", forced(KIOSK), "options"),
    ("kiosk", spoken(KIOSK, "sv"), "visit end"),
    ("kiosk", spoken(KIOSK, "en"), "visit end"),
    ("kiosk", DESK, "attract people keyboard options take-home staff"),
    ("page", PHONE, "demo take-home paper expired unknown continue continued continue-gone"),
    ("page", DESKTOP, "demo take-home unknown enrol"),
    ("page", TABLET, "take-home"),
    ("page", dark(PHONE), "take-home continue"),
    ("page", spoken(PHONE, "sv"), "take-home expired"),
    ("page", spoken(PHONE, "en"), "take-home expired"),
    ("page", easy(PHONE), "take-home"),
    ("coach", PHONE, ""),
    ("coach", DESKTOP, ""),
)
# What a look cannot show: a phone's chat fills the screen already.
_NOT_SEEN = {("widget", "large", PHONE)}


def pictures() -> Iterator[Picture]:
    """Yield every picture of the documentation, state by state."""
    for surface, states in STATES.items():
        for state in states:
            for look in _looks_of(surface, state):
                yield Picture(surface, state, look)


def _looks_of(surface: str, state: str) -> Iterator[Look]:
    for other, look, states in _SEEN:
        is_seen = other == surface and (not states or state in states.split())
        if is_seen and (surface, state, look) not in _NOT_SEEN:
            yield look
