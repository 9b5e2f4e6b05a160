"""The line of a conversation that tells best why a search has found it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching import search_terms
from coaching.models import Message, Reply
from coaching.search_terms import Wanted
from coaching.transcript import PERSON

LONGEST = 160


@dataclass(frozen=True)
class Excerpt:
    """A line that holds most of what was searched for, cut to some 160 characters."""

    number: int
    speaker: str
    language: str
    text: str


def find_excerpts(
    session: Session, conversations: Sequence[str], wanted: Sequence[Wanted]
) -> Mapping[str, Excerpt]:
    """Return the best line of each conversation; none where no words were searched for."""
    best: dict[str, tuple[int, Excerpt]] = {}
    if not wanted or not conversations:
        return {}
    for conversation_id, line, terms in _lines(session, conversations):
        hits = sum(one.is_in(terms) for one in wanted)
        if hits > best.get(conversation_id, (0, line))[0]:
            best[conversation_id] = (hits, line)
    return {conversation_id: _cut(line, wanted) for conversation_id, (_, line) in best.items()}


def _lines(
    session: Session, conversations: Sequence[str]
) -> Iterator[tuple[str, Excerpt, set[str]]]:
    """Yield the lines with their terms: first what people said, then what they were told."""
    for conversation_id, number, text, language, heard in session.execute(
        select(
            Message.conversation_id, Message.number, Message.text, Message.language, Message.heard
        )
        .where(Message.conversation_id.in_(conversations))
        .order_by(Message.conversation_id, Message.number)
    ):
        line = Excerpt(number, PERSON, language, text)
        yield conversation_id, line, search_terms.said(text, heard or language)
    for conversation_id, number, text, language, speaker in session.execute(
        select(Reply.conversation_id, Reply.number, Reply.text, Reply.language, Reply.speaker)
        .where(Reply.conversation_id.in_(conversations))
        .order_by(Reply.conversation_id, Reply.number)
    ):
        line = Excerpt(number, speaker, language, text)
        yield conversation_id, line, search_terms.told(text, language)


def _cut(line: Excerpt, wanted: Sequence[Wanted]) -> Excerpt:
    """Return the line around the first word found."""
    text = " ".join(line.text.split())
    if len(text) <= LONGEST:
        return Excerpt(line.number, line.speaker, line.language, text)
    folded = text.casefold()
    terms = [term.lstrip("_") for one in wanted for term in (*one.terms, *one.beginnings)]
    places = [folded.find(term) for term in terms]
    start = max(0, min((place for place in places if place >= 0), default=0) - LONGEST // 3)
    start = 0 if start == 0 else text.find(" ", start) + 1
    end = start + LONGEST
    cut = text[start:end].rsplit(" ", 1)[0] if end < len(text) else text[start:]
    before, after = "… " * (start > 0), " …" * (end < len(text))
    return Excerpt(line.number, line.speaker, line.language, f"{before}{cut}{after}")
