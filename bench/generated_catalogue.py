"""Catalogues of any size for measurements: invented options that are spread as real ones are.

`generate(count)` yields documents one by one, the same for the same seed; a longer catalogue
begins with the shorter one. `python -m bench.generated_catalogue csv 100000 > FILE` writes them
as our CSV, as Opintopolku's search response (`opintopolku`) or as JSON-LD (`schemaorg`).
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TypeVar

from bench.generated_files import WRITERS
from bench.generated_words import Pattern, Words, sample_words
from catalog.geography import Place, load_geography
from catalog.importers.documents import OfferingDocument, OptionDocument, ProviderDocument

DAY = date(2027, 1, 11)
SCHOOL_COUNT = 700
# Which languages an option speaks; in Opintopolku's sample each has Finnish, a third others too.
LANGUAGE_SETS = (
    (("fi",), 55),
    (("fi", "sv"), 8),
    (("fi", "en"), 15),
    (("fi", "sv", "en"), 10),
    (("sv",), 7),
    (("en",), 5),
)
OFFERING_COUNTS = ((1, 62), (2, 20), (3, 10), (4, 5), (6, 3))
MODE_SETS = (
    (("in_person",), 38),
    (("blended",), 20),
    (("online",), 24),
    (("distance",), 10),
    (("blended", "online"), 5),
    ((), 3),
)
SCHEDULE_SETS = (
    (("daytime",), 24),
    (("evening",), 26),
    (("own_pace",), 16),
    (("weekend",), 6),
    (("evening", "weekend"), 8),
    ((), 20),
)
CREDITS = ((None, 12), (1, 8), (2, 8), (3, 10), (5, 34), (10, 12), (15, 5), (25, 7), (60, 4))
FUNDINGS = (((), 82), (("jotpa",), 8), (("free_for_all",), 8), (("employment_training",), 2))
SCHOOLS = (
    ("ammattiopisto", "yrkesinstitut", "vocational college"),
    ("ammattikorkeakoulu", "yrkeshögskola", "university of applied sciences"),
    ("kansalaisopisto", "medborgarinstitut", "adult education centre"),
    ("kesäyliopisto", "sommaruniversitet", "summer university"),
    ("yliopisto", "universitet", "university"),
)
# Of the logarithm: half of the descriptions have more than fifty words.
WORDS_LOG_MEAN, WORDS_LOG_SPREAD, MOST_WORDS = 3.9, 0.7, 400

_T = TypeVar("_T")


def main() -> None:
    """Write a catalogue to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("format", choices=sorted(WRITERS))
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    WRITERS[arguments.format](generate(arguments.count, seed=arguments.seed), sys.stdout)


def generate(count: int, *, seed: int = 1, today: date = DAY) -> Iterator[OptionDocument]:
    """Yield `count` options whose dates lie around `today`."""
    random = Random(seed)  # noqa: S311 - nothing secret
    generator = _Generator(random, schools(), sample_words(), today)
    for number in range(count):
        yield generator.option(number)


def schools() -> Sequence[ProviderDocument]:
    """Return the schools of all generated catalogues: more of them in larger towns."""
    random = Random(0)  # noqa: S311 - nothing secret
    towns = _Towns()
    found = []
    for number in range(SCHOOL_COUNT):
        town = towns.draw(random)
        names = dict(zip(("fi", "sv", "en"), random.choice(SCHOOLS), strict=True))
        mark = f" {number}"
        found.append(
            ProviderDocument(
                id=f"school-{number}",
                names={
                    "fi": f"{town.finnish_forms.get('genitive', town.name('fi'))} "
                    f"{names['fi']}{mark}",
                    "sv": f"{town.name('sv')} {names['sv']}{mark}",
                    "en": f"{town.name('en')} {names['en']}{mark}",
                },
                municipality=town.code,
                url=f"https://example.fi/school-{number}",
            )
        )
    return found


class _Towns:
    """Municipalities, drawn by how many live there, as far as their postcodes tell."""

    def __init__(self) -> None:
        geography = load_geography()
        self._places = [place for place in geography.places if place.kind == "municipality"]
        # Postcodes grow slower than people: Helsinki has 7 % of them and 12 % of the people.
        weights = (geography.count_postcodes(place.code) ** 1.4 for place in self._places)
        self._weights = list(accumulate(weights))

    def draw(self, random: Random) -> Place:
        return self._places[bisect(self._weights, random.random() * self._weights[-1])]


class _Generator:
    def __init__(
        self, random: Random, schools: Sequence[ProviderDocument], words: Words, today: date
    ) -> None:
        self._random = random
        self._schools = schools
        self._words = words
        self._today = today
        self._towns = _Towns()

    def option(self, number: int) -> OptionDocument:
        random = self._random
        pattern = random.choice(self._words.patterns)
        languages = _pick(random, LANGUAGE_SETS)
        # A few schools offer the most: the square of an even draw leans to the first.
        school = self._schools[int(random.random() ** 2 * len(self._schools))]
        option_id = f"option-{number:07}"
        return OptionDocument(
            id=option_id,
            type=pattern.type,
            titles={
                language: self._words.title(random, language, pattern) for language in languages
            },
            descriptions={
                language: self._words.text(random, language, pattern.field, self._length())
                for language in languages
                if random.random() < 0.9
            },
            outcomes={
                language: self._words.text(random, language, pattern.field, 15)
                for language in languages
                if random.random() < 0.3
            },
            keywords=self._keywords(pattern),
            field=pattern.field if random.random() < 0.9 else None,
            credits=_pick(random, CREDITS),
            level=pattern.row["level"] or None,
            education_required=pattern.row["education_required"] or None,
            funding=_pick(random, FUNDINGS),
            offerings=tuple(
                self._offering(f"{option_id}-{part}", school, languages)
                for part in range(1, _pick(random, OFFERING_COUNTS) + 1)
            ),
        )

    def _keywords(self, pattern: Pattern) -> tuple[str, ...]:
        random = self._random
        own = random.sample(pattern.keywords, random.randint(0, len(pattern.keywords)))
        others = random.choice(self._words.patterns).keywords[:1] if random.random() < 0.3 else ()
        return tuple(dict.fromkeys([*own, *others]))

    def _length(self) -> int:
        return max(
            8, min(MOST_WORDS, int(self._random.lognormvariate(WORDS_LOG_MEAN, WORDS_LOG_SPREAD)))
        )

    def _offering(
        self, offering_id: str, school: ProviderDocument, languages: tuple[str, ...]
    ) -> OfferingDocument:
        random = self._random
        modes = _pick(random, MODE_SETS)
        continuous = random.random() < 0.15
        ends = None if continuous or random.random() < 0.3 else random.randint(-40, 240)
        return OfferingDocument(
            id=offering_id,
            provider=school,
            place=self._place(school, modes),
            modes=modes,
            schedule=_pick(random, SCHEDULE_SETS),
            weekly_hours=random.choice((None, None, 4.0, 6.0, 8.0, 10.0, 16.0, 25.0)),
            duration_months=random.choice((None, 1.0, 2.0, 3.0, 5.0, 9.0, 12.0, 18.0)),
            price_eur=self._price(),
            teaching_languages=(languages[0],) if random.random() < 0.93 else (),
            apply_from=self._day(ends, -60),
            apply_by=self._day(ends, 0),
            continuous=continuous,
            starts=self._day(ends, 21),
            url=f"https://example.fi/{offering_id}",
        )

    def _place(self, school: ProviderDocument, modes: tuple[str, ...]) -> str | None:
        random = self._random
        if modes in (("online",), ("distance",)):
            return school.municipality if random.random() < 0.3 else None
        return school.municipality if random.random() < 0.8 else self._towns.draw(random).code

    def _price(self) -> float | None:
        random = self._random
        kind = random.random()
        if kind < 0.25:
            return None
        return 0.0 if kind < 0.5 else 5.0 * round(random.lognormvariate(4.9, 0.9) / 5)

    def _day(self, ends: int | None, later: int) -> date | None:
        return None if ends is None else self._today + timedelta(days=ends + later)


def _pick(random: Random, choices: Sequence[tuple[_T, int]]) -> _T:
    """Return one of the choices, by the number beside it."""
    left = random.random() * sum(weight for _, weight in choices)
    for choice, weight in choices:
        left -= weight
        if left < 0:
            return choice
    return choices[-1][0]


if __name__ == "__main__":
    main()
