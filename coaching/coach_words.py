"""What coaches write is held to what people's words are: nobody's personal data in it.

What only coaches read is masked. What a person reads is refused instead, so that the coach can
word it anew. The numbers and addresses of services stand in replies that everybody may send.

Every function works within the caller's transaction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching.accounts import may
from coaching.desk_models import CannedReply, Coach
from coaching.masking import BANK_ACCOUNT, IDENTITY_CODE, find_identifiers

# No service has one of these.
_ALWAYS_OF_A_PERSON = frozenset({IDENTITY_CODE, BANK_ACCOUNT})
_BETWEEN = re.compile(r"[\W_]+")

Identifier = tuple[str, str]


class PersonalData(Exception):
    """The words tell who or where somebody is."""


def check_spoken(session: Session, texts: Iterable[str]) -> None:
    """Raise PersonalData unless a coach may say it: a service's contact, or none at all."""
    found = {one for text in texts for one in _folded(text)}
    if found and not found <= _of_services(session):
        raise PersonalData


def check_canned(coach: Coach, text: str, *, is_shared: bool) -> None:
    """Raise PersonalData unless a reply may be kept.

    Whoever sees everything keeps the contacts of services, in replies that everybody may send.
    """
    tokens = {token for token, _ in find_identifiers(text)}
    keeps_contacts = is_shared and may(coach.role, "see_all")
    if tokens & _ALWAYS_OF_A_PERSON or (tokens and not keeps_contacts):
        raise PersonalData


def _of_services(session: Session) -> set[Identifier]:
    shared = session.scalars(select(CannedReply.text).where(CannedReply.coach_id.is_(None)))
    return {one for text in shared for one in _folded(text) if one[0] not in _ALWAYS_OF_A_PERSON}


def _folded(text: str) -> Iterator[Identifier]:
    for token, words in find_identifiers(text):
        yield token, _BETWEEN.sub("", words).casefold()
