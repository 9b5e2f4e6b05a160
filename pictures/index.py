"""The page that shows all pictures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pictures.album import STATES, Picture, pictures

HEAD = """# Pictures

Every state of what people see, with the sample catalogue and the bot's own words. `make pictures`
makes them all anew, and this page with them. A name says how it was looked at: `phone` is
360 × 740, `tablet` 768 × 1024, `desktop` and `desk` 1280 × 800, `kiosk` 1080 × 1920, `long` a
taller phone; `dark` and `forced` are colours, `sv`, `en` and `easy` languages.
"""
TITLES = {
    "widget": "The widget",
    "plain": "The chat without scripts",
    "kiosk": "The kiosk",
    "page": "Pages",
    "coach": "The coaches' desk",
}
SHOWN_WIDTH = {"phone": 200, "kiosk": 240}
OTHER_WIDTH = 480


def write_index() -> str:
    """Return the page."""
    return "\n".join([HEAD, *_sections()])


def _sections() -> Iterator[str]:
    for surface, taken in groupby(pictures(), key=lambda picture: picture.surface):
        yield f"## {TITLES[surface]}\n"
        for state, looks in groupby(taken, key=lambda picture: picture.state):
            yield f"### {STATES[surface][state]}\n"
            yield from _state(STATES[surface][state], list(looks))


def _state(says: str, taken: list[Picture]) -> Iterator[str]:
    first, *others = taken
    width = SHOWN_WIDTH.get(first.look.name, OTHER_WIDTH)
    yield f'<img src="{first.file}" width="{width}" alt="{says}">\n'
    links = [f"[{picture.look.name}]({picture.file})" for picture in (first, *others)]
    yield " · ".join(links) + "\n"
