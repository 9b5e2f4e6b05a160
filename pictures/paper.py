"""Pictures of what comes out of the printer."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Page, PdfMargins

from pictures.stage import Stage

# A4 at 80 dots an inch, two sheets under each other with what the viewer leaves around them.
SHEET_WIDTH, TWO_SHEETS_HEIGHT = 662, 1876
# What browsers leave where a page does not say it.
MARGINS = PdfMargins(top="1cm", right="1cm", bottom="1cm", left="1cm")
MOST_TRIES = 60
PAUSE_SECONDS = 0.2


async def shoot_paper(stage: Stage, page: Page, state: str, before: str | None = None) -> None:
    """Print a page, after a script, and take a picture of the sheets."""
    if before:
        await page.evaluate(before)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(await page.pdf(prefer_css_page_size=True, margin=MARGINS, format="A4"))
        viewer = await stage.open_viewer(file, SHEET_WIDTH, TWO_SHEETS_HEIGHT)
        await _wait_until_drawn(viewer)
        await stage.keep(viewer, state)


async def _wait_until_drawn(viewer: Page) -> None:
    """Wait until the browser's own viewer has drawn the sheets and draws nothing more."""
    seen = [await viewer.screenshot()]
    for _ in range(MOST_TRIES):
        await asyncio.sleep(PAUSE_SECONDS)
        seen.append(await viewer.screenshot())
        if len(set(seen)) > 1 and len(set(seen[-4:])) == 1:
            return
    raise TimeoutError("The viewer drew no sheets.")
