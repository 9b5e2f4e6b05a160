"""The pictures of the documentation are those that the program takes."""

from __future__ import annotations

import re
from collections import Counter

from pictures.__main__ import FOLDER, INDEX, JOURNEYS
from pictures.album import KIND, STATES, pictures
from pictures.index import write_index

MOST_BYTES = 3_300_000


def test_every_picture_is_there_and_no_other() -> None:
    stored = {path.name for path in FOLDER.glob(f"*.{KIND}")}
    assert stored == {picture.file for picture in pictures()}


def test_the_page_shows_every_picture() -> None:
    written = (FOLDER / INDEX).read_text(encoding="utf-8")
    assert written == write_index()
    assert set(re.findall(rf"[(\"]([\w-]+\.{KIND})", written)) == {one.file for one in pictures()}


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob(f"*.{KIND}")) <= MOST_BYTES


def test_each_state_is_come_by_on_one_journey() -> None:
    led_to = Counter((journey.surface, state) for journey in JOURNEYS for state in journey.states)
    assert led_to == Counter((surface, state) for surface in STATES for state in STATES[surface])


def test_no_two_pictures_have_one_name() -> None:
    files = Counter(picture.file for picture in pictures())
    assert [file for file, count in files.items() if count > 1] == []
