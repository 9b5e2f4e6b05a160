"""Whatever a catalogue file holds, reading it ends in documents, refusals or a user's error."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.cli import READERS
from catalog.importers.documents import LONGEST_REASON, Refusal, Skipped
from opastin.errors import UserError
from tests.catalog.importers.bad_files import FORMATS, Format

TODAY = date(2026, 3, 1)
odd = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

odd_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(
        ["2026-02-30", "1e999", "-0", "http://[", "\x00", "\ud800", "=1+1", "9" * 400]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["fi", "sv", "value", "@id", "@type", "@value", ""]), inner
        )
    ),
    max_leaves=6,
)


def read(name: str, data: bytes) -> list[Any]:
    """Read a file to its end; UserError is what a user may cause."""
    try:
        return list(READERS[name](data, name="file", today=TODAY))
    except UserError as error:
        assert len(str(error)) <= LONGEST_REASON + 1
        return []


def check(documents: list[Any], data: bytes) -> None:
    """See that what came of a file is no larger than a file of this size can be."""
    assert len(documents) <= len(data) + 1
    for document in documents:
        if isinstance(document, (Refusal, Skipped)):
            assert len(str(document.reason)) <= LONGEST_REASON + 1


@pytest.mark.parametrize("name", READERS)
@odd
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    check(read(name, data), data)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: f"{known.name}-{known.file}")
@odd
@given(data=st.data())
def test_a_file_with_bytes_changed_is_read_or_refused(known: Format, data: st.DataObject) -> None:
    good = known.good()
    at = data.draw(st.integers(0, len(good) - 1))
    length = data.draw(st.integers(0, 40))
    changed = good[:at] + data.draw(st.binary(max_size=20)) + good[at + length :]
    check(read(known.name, changed), changed)


@pytest.mark.parametrize(
    "known",
    [known for known in FORMATS if known.file.endswith(("json", "jsonld"))],
    ids=lambda known: f"{known.name}-{known.file}",
)
@odd
@given(data=st.data())
def test_a_value_of_any_other_kind_is_read_or_refused(known: Format, data: st.DataObject) -> None:
    try:
        root = json.loads(known.good())
    except ValueError:
        # A document a line.
        root = [json.loads(line) for line in known.good().splitlines()]
    places = list(_places(root))
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = data.draw(odd_values)
    changed = json.dumps(root).encode()
    check(read(known.name, changed), changed)


@pytest.mark.parametrize("name", ["csv", "outlook"])
@odd
@given(data=st.data())
def test_cells_of_any_kind_are_read_or_refused(name: str, data: st.DataObject) -> None:
    (known,) = (known for known in FORMATS if known.name == name)
    header, *lines = known.good().decode().splitlines()
    cells = lines[-1].split(",")
    at = data.draw(st.integers(0, len(cells) - 1))
    cells[at] = data.draw(st.text(max_size=40) | st.sampled_from(["1e999", "9" * 5000, "０"]))
    changed = "\n".join([header, *lines[:-1], ",".join(cells)]).encode("utf-8", "surrogatepass")
    check(read(name, changed), changed)


@pytest.mark.parametrize("piece", ["Kurssi ", "<b>", "&amp;", "(", "1.1.2026-", "a,b;", "\\n"])
@pytest.mark.parametrize("known", FORMATS, ids=lambda known: f"{known.name}-{known.file}")
def test_a_text_of_four_times_the_length_costs_no_more_than_in_proportion(
    known: Format, piece: str
) -> None:
    """Calls are counted, not seconds, so that it is the same on every machine."""
    short, long = (
        _calls(read, known.name, known.good(title=piece * times)) for times in (100, 400)
    )
    assert long <= 6 * short


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a JSON value as its holder and the key in it."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield value, key
        if isinstance(inner, (dict, list)):
            yield from _places(inner)


def _calls(act: Callable[..., object], *arguments: object) -> int:
    """Return how many functions `act` calls, those of C included."""
    kinds: Counter[str] = Counter()
    sys.setprofile(lambda _frame, kind, _about: kinds.update([kind]))
    try:
        act(*arguments)
    finally:
        sys.setprofile(None)
    return kinds["call"] + kinds["c_call"]
