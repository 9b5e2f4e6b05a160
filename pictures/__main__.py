"""Takes the pictures of the documentation, and writes the page that shows them."""

from __future__ import annotations

import argparse
import asyncio
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, async_playwright, expect

from pictures import desk, kiosk, pages, plain, widget
from pictures.album import Picture, pictures
from pictures.gateway import PictureGateway, known_secrets
from pictures.index import write_index
from pictures.looks import Look
from pictures.stage import Stage
from tests.browser.conftest import ARGUMENTS, CHROMIUM

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
INDEX = "README.md"
MOST_SECONDS = 300
PATIENCE_MILLISECONDS = 10_000


@dataclass(frozen=True)
class Journey:
    """What leads a browser through states, and which these are."""

    surface: str
    walk: Callable[[Stage], Awaitable[None]]
    states: frozenset[str]


def _journey(surface: str, walk: Callable[[Stage], Awaitable[None]], states: str) -> Journey:
    return Journey(surface, walk, frozenset(states.split()))


JOURNEYS = (
    _journey("widget", widget.meet, "closed greeting typing question options details rule"),
    _journey("widget", widget.weigh, "comparison large saved plan take-home plan-paper"),
    _journey(
        "widget",
        widget.meet_people,
        "handoff-offered callback handoff-consent handoff-waiting with-coach unread handoff-closed",
    ),
    _journey("widget", widget.use_menu, "menu text-size read-aloud rating rated delete erased"),
    _journey("widget", widget.meet_trouble, "offline unanswered too-long"),
    _journey("widget", widget.be_refused, "too-fast expired failed"),
    _journey("plain", plain.talk, "beginning options plan coach problem delete erased"),
    _journey(
        "kiosk",
        kiosk.visit,
        "attract people visit keyboard options plan take-home phone outside text-size end",
    ),
    _journey("kiosk", kiosk.be_disturbed, "two offline over"),
    _journey("kiosk", kiosk.be_left, "warning"),
    _journey("kiosk", kiosk.be_kept, "unenrolled pin staff away"),
    _journey("page", pages.show, "demo unknown enrol"),
    _journey("page", pages.take_home, "take-home paper expired"),
    _journey("page", pages.go_on, "continue continued continue-gone"),
    _journey("coach", desk.work, "queue talk transcripts reviews measures"),
)


async def take(wanted: Iterable[Picture], folder: Path) -> None:
    """Take all wanted pictures into `folder`."""
    by_look: dict[tuple[str, Look], list[Picture]] = defaultdict(list)
    for picture in wanted:
        by_look[picture.surface, picture.look].append(picture)
    with tempfile.TemporaryDirectory() as home:
        gateway = PictureGateway(Path(home))
        await gateway.prepare()
        async with gateway.served, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for (surface, look), taken in by_look.items():
                for journey in JOURNEYS:
                    if journey.surface == surface:
                        await _travel(journey, browser, gateway, look, taken, folder)
            await browser.close()


async def _travel(
    journey: Journey,
    browser: Browser,
    gateway: PictureGateway,
    look: Look,
    taken: Iterable[Picture],
    folder: Path,
) -> None:
    files = {item.state: folder / item.file for item in taken if item.state in journey.states}
    if not files:
        return
    name = f"{journey.surface} {look.name} {journey.walk.__name__}"
    started = time.perf_counter()
    stage = Stage(browser, gateway, look, files)
    with known_secrets(name):
        try:
            await journey.walk(stage)
        finally:
            await stage.close()
    missing = files.keys() - stage.taken
    if missing:
        raise RuntimeError(f"{name}: no picture of {', '.join(sorted(missing))}")
    print(f"{name}: {len(files)} in {time.perf_counter() - started:.1f} s", flush=True)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m pictures", description=__doc__)
    parser.add_argument(
        "--only", default="", help="take those whose file's name this pattern finds"
    )
    parser.add_argument("--into", type=Path, default=FOLDER, help="the folder of the pictures")
    parser.add_argument("--seconds", type=float, default=MOST_SECONDS, help="the most it may take")
    return parser.parse_args()


def main() -> None:
    """Take the pictures, within five minutes where nothing else is asked."""
    arguments = _read_arguments()
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    wanted = [picture for picture in pictures() if re.search(arguments.only, picture.file)]
    arguments.into.mkdir(parents=True, exist_ok=True)
    asyncio.run(asyncio.wait_for(take(wanted, arguments.into), arguments.seconds))
    (arguments.into / INDEX).write_text(write_index(), encoding="utf-8")


if __name__ == "__main__":
    main()
