"""Words of generated study options: those of the packaged sample, drawn as people use words.

Words are ranked by how often the sample has them and drawn by Zipf's law, half of them from the
option's own field. Finnish and Swedish join some into compounds nobody has listed, so that the
vocabulary grows with the catalogue as a real one does.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from random import Random

from catalog.fields import broad
from catalog.models import LANGUAGES
from catalog.sample import FILES

# Mandelbrot's form of the law: without the offset the first word would be too frequent.
ZIPF_OFFSET = 2.7
COMPOUNDS = {"fi": 0.05, "sv": 0.04, "en": 0.0}
LONGEST_PART = 12
# Words are drawn ahead into long lines, of which each text takes a piece.
LINE_WORDS = 8000
SHORTEST_SENTENCE = 7

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class Pattern:
    """A sample option that generated ones are like: its field, type, titles and keywords."""

    type: str
    field: str
    titles: Mapping[str, str]
    keywords: tuple[str, ...]
    row: Mapping[str, str]


class Words:
    """The sample's vocabulary by language and by broad field, and its options as patterns."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.patterns: list[Pattern] = []
        for row in rows:
            self.patterns.append(_pattern(row))
            for language in LANGUAGES:
                words = _words_of(row, language)
                counts[language, ""].update(words)
                counts[language, broad(row["field"])].update(words)
        self._lines = _lines(counts)
        self._titled = {
            language: [pattern for pattern in self.patterns if language in pattern.titles]
            for language in LANGUAGES
        }

    def draw(self, random: Random, language: str, field: str, count: int) -> list[str]:
        """Return words, half of them of the field, as often as people use them."""
        line = self._lines.get((language, broad(field))) or self._lines[language, ""]
        start = int(random.random() * (len(line) - count))
        words = line[start : start + count]
        for _ in range(int(count * COMPOUNDS[language] + random.random())):
            place = int(random.random() * count)
            joined = random.choice(line)[:LONGEST_PART] + random.choice(line)[:LONGEST_PART]
            words[place] = joined if COMPOUNDS[language] else words[place]
        return words

    def text(self, random: Random, language: str, field: str, count: int) -> str:
        """Return sentences of about `count` words."""
        words = self.draw(random, language, field, count)
        sentences, start = [], 0
        while start < count:
            end = start + SHORTEST_SENTENCE + int(random.random() * SHORTEST_SENTENCE)
            sentences.append(" ".join(words[start:end]).capitalize() + ".")
            start = end
        return " ".join(sentences)

    def title(self, random: Random, language: str, pattern: Pattern) -> str:
        """Return the pattern's title, or another's, with one word changed most of the time."""
        title = pattern.titles.get(language)
        if title is None:
            title = random.choice(self._titled[language]).titles[language]
        if random.random() < 0.7:
            parts = title.split(" ")
            place = int(random.random() * len(parts))
            parts[place] = self.draw(random, language, pattern.field, 1)[0]
            title = " ".join(parts)
        return title[:1].upper() + title[1:]


@lru_cache(maxsize=1)
def sample_words() -> Words:
    """Read the packaged sample, once."""
    _, options = FILES
    with options.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["type"] and row["field"]]
    return Words(rows)


def _pattern(row: Mapping[str, str]) -> Pattern:
    titles = {language: row[f"title_{language}"] for language in LANGUAGES}
    return Pattern(
        type=row["type"],
        field=row["field"],
        titles={language: title for language, title in titles.items() if title},
        keywords=tuple(filter(None, row["keywords"].split(";"))),
        row=row,
    )


def _words_of(row: Mapping[str, str], language: str) -> list[str]:
    text = " ".join(row[f"{column}_{language}"] for column in ("title", "description", "outcomes"))
    return _WORD.findall(text.casefold())


def _lines(counts: Mapping[tuple[str, str], Counter[str]]) -> dict[tuple[str, str], list[str]]:
    random = Random(0)  # noqa: S311 - nothing secret
    ranked = {key: _rank(counter) for key, counter in counts.items() if counter}
    lines = {}
    for language, field in sorted(ranked):
        half = LINE_WORDS // 2
        words = []
        for vocabulary, weights in (ranked[language, ""], ranked[language, field]):
            words += random.choices(vocabulary, cum_weights=weights, k=half)
        random.shuffle(words)
        lines[language, field] = words
    return lines


def _rank(counter: Counter[str]) -> tuple[Sequence[str], Sequence[float]]:
    # By word where the counts are equal: the order of a set would change from run to run.
    words = sorted(counter, key=lambda word: (-counter[word], word))
    weights = accumulate(1 / (rank + ZIPF_OFFSET) for rank in range(1, len(words) + 1))
    return words, list(weights)
