"""What is compared on judged cases: the product, keywords alone and sentence vectors alone."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from sqlalchemy.orm import Session

from catalog.geography import load_geography
from catalog.search import Candidate, Criteria, find_candidates
from guidance.eligibility import obstacles
from guidance.locality import locate
from guidance.profile import LANGUAGES, Profile
from guidance.suggestions import suggest
from opastin.judged_cases import JudgedCase
from opastin.judged_scores import PAGE
from opastin.judged_vectors import Encoder

# The first page for a case, the best option first.
Search = Callable[[JudgedCase], list[Candidate]]
Offerings = Mapping[str, Sequence[Candidate]]


def searches(session: Session, encoder: Encoder, *, today: date) -> dict[str, Search]:
    """Return what is compared, by name, all of it on the catalogue of `session`."""
    offerings = read_offerings(session, today=today)
    keywords = KeywordSearch(offerings)
    vectors = VectorSearch(offerings, encoder)

    def product(case: JudgedCase) -> list[Candidate]:
        profile = replace(case.profile, interest=case.words)
        found = suggest(session, profile, today=today, limit=PAGE)
        return [option.candidate for option in found.options]

    def keywords_eligible(case: JudgedCase) -> list[Candidate]:
        return first_eligible(keywords.ranked(case), offerings, case.profile, today=today)

    def keywords_alone(case: JudgedCase) -> list[Candidate]:
        return [_offered_to(case.profile, offerings[name], today) for name in keywords.page(case)]

    def vectors_eligible(case: JudgedCase) -> list[Candidate]:
        return first_eligible(vectors.ranked(case), offerings, case.profile, today=today)

    return {
        "product": product,
        "keywords": keywords_eligible,
        "keywords, unfiltered": keywords_alone,
        "vectors": vectors_eligible,
    }


def read_offerings(session: Session, *, today: date) -> dict[str, list[Candidate]]:
    """Return every option's offerings, closed ones too, by the option's id."""
    found: dict[str, list[Candidate]] = {}
    for candidate in find_candidates(session, Criteria(include_closed=True), today=today):
        found.setdefault(candidate.id, []).append(candidate)
    return found


def is_ruled_out(profile: Profile, candidate: Candidate, *, today: date) -> bool:
    """Say whether the offering is against a limit of the person's."""
    locality = locate(profile, candidate, load_geography())
    return bool(obstacles(profile, candidate, locality, today=today))


def first_eligible(
    ids: Iterable[str], offerings: Offerings, profile: Profile, *, today: date
) -> list[Candidate]:
    """Return the first page of the options that have an offering within the person's limits."""
    page: list[Candidate] = []
    for name in ids:
        chosen = _offered_to(profile, offerings[name], today)
        if not is_ruled_out(profile, chosen, today=today):
            page.append(chosen)
        if len(page) == PAGE:
            break
    return page


class KeywordSearch:
    """The options that hold a word of the person's, by BM25 as SQLite's FTS5 computes it."""

    def __init__(self, offerings: Offerings) -> None:
        """Index titles, keywords and descriptions in all languages, in memory."""
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE texts USING fts5"
            "(id UNINDEXED, title, keywords, description, tokenize='unicode61')"
        )
        rows = [(name, *_columns(items[0])) for name, items in sorted(offerings.items())]
        self._database.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", rows)

    def ranked(self, case: JudgedCase) -> Iterator[str]:
        """Return the ids, the best first; none when no word is found anywhere."""
        words = re.findall(r"\w+", case.words)
        if not words:
            return iter(())
        asked = " OR ".join(f'"{word}"' for word in words)
        query = "SELECT id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts), id"
        return (name for (name,) in self._database.execute(query, (asked,)))

    def page(self, case: JudgedCase) -> list[str]:
        """Return the ids of the first page, whatever the person's limits are."""
        return [name for name, _ in zip(self.ranked(case), range(PAGE), strict=False)]


class VectorSearch:
    """All options, by the cosine of the person's words to title, keywords and description."""

    def __init__(self, offerings: Offerings, encoder: Encoder) -> None:
        """Encode each option's texts in each language that somebody may ask in."""
        self._encoder = encoder
        self._ids = np.array(sorted(offerings))
        texts = {
            language: [_text(offerings[name][0], language) for name in self._ids]
            for language in LANGUAGES
        }
        different = sorted({text for column in texts.values() for text in column})
        rows = dict(zip(different, encoder.passages(different), strict=True))
        self._vectors = {
            language: np.stack([rows[text] for text in column])
            for language, column in texts.items()
        }

    def ranked(self, case: JudgedCase) -> list[str]:
        """Return the ids of all options, the nearest first."""
        asked = self._encoder.query(case.words)
        nearness = self._vectors[case.language] @ asked
        return [str(name) for name in self._ids[np.argsort(-nearness, kind="stable")]]


def _offered_to(profile: Profile, offerings: Sequence[Candidate], today: date) -> Candidate:
    """Return the first offering within the person's limits, else the first one."""
    within = (one for one in offerings if not is_ruled_out(profile, one, today=today))
    return next(within, offerings[0])


def _columns(candidate: Candidate) -> tuple[str, str, str]:
    return (
        " ".join(candidate.titles.values()),
        " ".join(candidate.keywords),
        " ".join(candidate.descriptions.values()),
    )


def _text(candidate: Candidate, language: str) -> str:
    """Return what the option says in the language, or in the first one that it has."""
    known = language if language in candidate.titles else next(iter(candidate.titles))
    said = (
        candidate.titles[known],
        ", ".join(candidate.keywords),
        candidate.descriptions.get(known),
    )
    return ". ".join(filter(None, said))
