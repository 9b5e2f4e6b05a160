"""Every form in which a message may hold the name of a municipality, region or district."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from bot.nlu.lexicon import LOOKUPS, load_table
from bot.nlu.reading import fold, without_dots
from catalog.geography import DATA, Place, load_geography

BASIC, OF, AT, FROM, TO, FOLK = "basic", "of", "at", "from", "to", "folk"
_CASES = (AT, TO, BASIC, FROM, OF, FOLK)

# A slip is looked for only in long names: short ones are a letter away from too many words.
SHORTEST_WITH_SLIP = 6
_LONG = 12
_LONG_ENOUGH_TO_MISS = 8
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    key: "".join(line[max(0, place - 1) : place + 2] for line in _ROWS[max(0, row - 1) : row + 2])
    for row, keys in enumerate(_ROWS)
    for place, key in enumerate(keys)
}
_SHORTEST_DOTLESS = 5
_SURROUNDINGS = ("trakten", "regionen", "nejden", "området", "omradet")
_VOWELS = "aeiouyåäö"
_ENDINGS = (
    ("joki", "jokea", "jokinen"), ("järvi", "järveä", "järvinen"), ("vesi", "vettä", "vetinen"),
    ("mäki", "mäkeä", "mäkeläinen"), ("koski", "koskea", "koskinen"),
    ("niemi", "niemeä", "niemeläinen"), ("salmi", "salmea", "salmelainen"),
    ("saari", "saarta", "saarinen"), ("lahti", "lahtea", "lahtelainen"),
    ("nummi", "nummea", "nummelainen"), ("suomi", "suomea", "suomalainen"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a name: the place's code, what the case says, and what to be wary of."""

    code: str
    case: str
    name: str
    # An everyday word ("lahti"), a name of people ("Salla"), or a form that never stands alone.
    common: bool = False
    person: bool = False
    never: bool = False

    @property
    def doubtful(self) -> bool:
        """Tell whether the form may well be something else than a place."""
        return self.common or self.person or self.never


class PlaceNames:
    """All forms by their folded spelling, with or without dots, and with one slip."""

    def __init__(self, forms: Iterable[tuple[str, Form]]) -> None:
        self._forms: dict[str, Form] = {}
        self._dotless: dict[str, Form] = {}
        self._by_shape: dict[tuple[str, int], list[tuple[str, Form]]] = {}
        registered = _registered_names()
        for spelling, form in forms:
            self._forms.setdefault(spelling, form)
        for spelling, form in self._forms.items():
            bare = without_dots(spelling)
            if bare != spelling and bare not in self._forms and len(bare) >= _SHORTEST_DOTLESS:
                self._dotless.setdefault(bare, form)
            # Villages are too many: a slip of theirs is rather another word.
            long_enough = form.name in registered and len(fold(form.name)) >= SHORTEST_WITH_SLIP
            if long_enough and len(bare) >= SHORTEST_WITH_SLIP and not form.doubtful:
                self._by_shape.setdefault((bare[0], len(bare)), []).append((bare, form))
        self._not_slips = frozenset(map(fold, load_table("place_names")["not_slips"]))

    def exact(self, word: str) -> Form | None:
        """Return the form spelled so, dots perhaps left out."""
        return self._forms.get(word) or (self._dotless.get(word) if word.isascii() else None)

    def around(self, word: str) -> Form | None:
        """Return the place whose surroundings a Swedish compound names: "Borgåtrakten"."""
        for ending in _SURROUNDINGS:
            if word.endswith(ending):
                stem = word.removesuffix(ending)
                return self.exact(stem) or self.exact(stem.removesuffix("s"))
        return None

    def with_slip(self, word: str, *, expected: bool = False) -> Form | None:
        """Return the one place that `word` is a slip of the keys away from, or None.

        Where a place is `expected`, any difference of one letter is a slip.
        """
        bare = without_dots(word)
        if len(bare) < SHORTEST_WITH_SLIP or word in self._not_slips or not word.isalpha():
            return None
        furthest = 2 if len(bare) >= _LONG else 1
        nearest: list[Form] = []
        for length in range(len(bare) - furthest, len(bare) + furthest + 1):
            for spelling, form in self._by_shape.get((bare[0], length), ()):
                distance = OSA.distance(bare, spelling, score_cutoff=furthest)
                if distance == 2 == furthest or (
                    distance == 1 and (expected or _is_slip(bare, spelling))
                ):
                    nearest.append(form)
        if not nearest or len({form.code for form in nearest}) > 1:
            return None
        return min(nearest, key=lambda form: _CASES.index(form.case))


def _registered_names() -> frozenset[str]:
    names = (name for place in load_geography().places for name in place.names.values())
    return frozenset(names)


def _is_slip(typed: str, meant: str) -> bool:
    """Tell whether fingers make this difference of one: another word often differs so, too.

    >>> _is_slip("tampeere", "tampere"), _is_slip("kirjaa", "karjaa")
    (True, False)
    """
    head = _shared(typed, meant)
    tail = _shared(typed[head:][::-1], meant[head:][::-1])
    extra, missing = typed[head : len(typed) - tail], meant[head : len(meant) - tail]
    if len(extra) == len(missing) == 2:
        return True
    if extra and missing:
        near = missing in _NEIGHBOURS.get(extra, "")
        return near and len(typed) > SHORTEST_WITH_SLIP
    changed = extra or missing
    return changed == typed[head - 1] or len(typed) >= _LONG_ENOUGH_TO_MISS


def _shared(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length


@lru_cache(maxsize=1)
def load_place_names() -> PlaceNames:
    """Return the names of all places, read once."""
    return PlaceNames(_all_forms())


def _all_forms() -> Iterator[tuple[str, Form]]:
    extra = load_table("place_names")
    common, person = set(extra["common_words"]), set(extra["person_names"])
    never = {fold(word) for word in extra["never"]}
    table = {row["code"]: row for row in _rows(DATA / "place_forms.csv")}
    named = [
        *((place.code, place.names["fi"], table[place.code]) for place in load_geography().places),
        *((row["code"], row["name"], row) for row in _rows(LOOKUPS / "localities.csv")),
    ]
    foreign = [
        *((code, str(word)) for code, words in extra["place_names"].items() for word in words),
        *((one.code, name) for one in load_geography().places for name in _other_names(one)),
    ]

    def marked(code: str, name: str, case: str, spelling: str) -> tuple[str, Form]:
        key = fold(spelling).replace(" ", "")
        form = Form(code, case, name, name in common, name in person, key in never)
        return key, form

    for code, name, row in named:
        wary = name in common or name in person
        for case, spelling in _finnish(name, row, wary=wary):
            yield marked(code, name, case, spelling)
    for code, spellings in extra["place_forms"].items():
        for spelling in spellings:
            yield marked(code, spelling, _case_of(spelling), spelling)
    for code, name in foreign:
        for case, spelling in _swedish(name):
            yield marked(code, name, case, spelling)


def _other_names(place: Place) -> Iterator[str]:
    for language in ("sv", "en"):
        name = place.names[language]
        if name != place.names["fi"]:
            yield name
            yield name.replace("S:t", "Sankt")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _finnish(name: str, row: dict[str, str], *, wary: bool) -> Iterator[tuple[str, str]]:
    """Yield the cases of a Finnish name, spoken ones ("seinäjoel", "helsinkii") included."""
    genitive, illative = row["genitive"], row["illative"]
    at, away = row["inessive_like"], row["elative_like"]
    yield from ((BASIC, name), (OF, genitive), (TO, illative), (AT, at), (FROM, away))
    if name.endswith(" kunta"):
        short = name.removesuffix("n kunta")
        yield from ((BASIC, short), (AT, short + "ssä"), (FROM, short + "stä"), (TO, short + "ön"))
        return
    if " " in name:
        return
    ending = at[-1]
    for partitive in _partitives(name, ending):
        yield BASIC, partitive
    yield BASIC, f"{name}n{ending}"
    yield BASIC, f"{genitive[:-1]}ksi"
    yield FOLK, _folk(name, ending)
    if len(name) > 3:
        if not (wary and at[-3] == "s"):
            # "Sallas" is rather something of Salla's.
            yield AT, at[:-2]
        yield FROM, away[:-1]
        if illative.endswith(illative[-2] * 2 + "n"):
            yield TO, illative[:-1]
    if not wary and not genitive.endswith("ten"):
        # Many who learn Finnish, and not only they, take the other series: "Tampereessa".
        stem = genitive[:-1]
        yield from ((AT, f"{stem}ss{ending}"), (AT, f"{stem}ll{ending}"), (TO, f"{stem}lle"))
        yield from ((FROM, f"{stem}st{ending}"), (FROM, f"{stem}lt{ending}"))
        yield from ((AT, f"{stem}s"), (AT, f"{stem}l"), (FROM, f"{stem}st"), (FROM, f"{stem}lt"))


def _partitives(name: str, ending: str) -> Iterator[str]:
    for last, partitive, _ in _ENDINGS:
        if name.lower().endswith(last):
            yield name[: -len(last)] + partitive
            return
    if name.endswith("nen"):
        yield f"{name[:-3]}sta"
        yield f"{name[:-3]}sia"
    elif name[-1] not in _VOWELS:
        yield f"{name}t{ending}"
        yield f"{name}i{ending}"
    elif name.endswith("e"):
        yield f"{name}tt{ending}"
    elif name[-2] in _VOWELS:
        yield f"{name}t{ending}"
        yield f"{name}{ending}"
    else:
        yield f"{name}{ending}"


def _folk(name: str, ending: str) -> str:
    for last, _, folk in _ENDINGS:
        if name.lower().endswith(last):
            return name[: -len(last)] + folk
    return f"{name.removesuffix('nen')}l{ending}inen"


def _swedish(name: str) -> Iterator[tuple[str, str]]:
    """Yield the genitive, and the endings that a Swedish or everyday name gets in Finnish."""
    yield BASIC, name
    yield OF, f"{name}s"
    if " " in name:
        return
    ending = "ä" if _is_front(name) else "a"
    stem = name if name[-1].lower() in _VOWELS else f"{name}i"
    for link in {stem, f"{name}:"}:
        yield from ((AT, f"{link}ss{ending}"), (FROM, f"{link}st{ending}"), (OF, f"{link}n"))
        yield from ((TO, f"{link}{stem[-1]}n"), (AT, f"{link}s"), (TO, f"{link}seen"))
        yield from ((AT, f"{link}ll{ending}"), (TO, f"{link}lle"), (FROM, f"{link}lt{ending}"))


def _is_front(name: str) -> bool:
    deciding = [letter for letter in name.lower() if letter in "aouåäöy"]
    return not deciding or deciding[-1] in "äöy"


def _case_of(spelling: str) -> str:
    for case, endings in (
        (AT, ("ssa", "ssä", "lla", "llä", "s", "l")),
        (FROM, ("sta", "stä", "lta", "ltä", "st", "lt")),
        (OF, ("dun", "maan")),
    ):
        if spelling.endswith(endings):
            return case
    return TO
