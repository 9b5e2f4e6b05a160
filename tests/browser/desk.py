"""The desk as coaches meet it: who is logged in, and what the browser tests look at."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Page
from sqlalchemy.orm import Session

from coaching import accounts, desk_sessions
from coaching.accounts import NewAccount
from tests.browser.scripted_gateway import ScriptedGateway
from web.desk.session import COOKIE, DESK
from web.keys import STORAGE

SIZES = {
    "360": {"width": 360, "height": 740},
    "768": {"width": 768, "height": 1024},
    "1280": {"width": 1280, "height": 800},
}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


async def sign_in(
    gateway: ScriptedGateway, name: str = "anna", *, role: str = "coach", **more: Any
) -> Any:
    """Add an account where there is none, and return the cookie of a session of it.

    Give it to `new_page` as `cookies=[cookie]`. The desk speaks Finnish unless wished otherwise.
    """
    now = gateway.settings.now()

    def work(session: Session) -> str:
        coach = accounts.find(session, name)
        if coach is None:
            wishes = {"display_name": name.capitalize(), **more}
            coach = accounts.add(session, NewAccount(name, "none", role=role, **wishes), now=now)
        return desk_sessions.begin(session, coach, now=now).token

    token = await gateway.app[STORAGE].write(work)
    host = urlsplit(gateway.url).hostname
    strict = {"httpOnly": True, "sameSite": "Strict"}
    return {"name": COOKIE, "value": token, "domain": host, "path": DESK, **strict}


async def find_overflow(page: Page) -> list[str]:
    """Return what reaches beyond the screen's right edge, and so makes the page scroll sideways."""
    found: list[str] = await page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
             [...document.querySelectorAll("body *")]
               .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5)
               .map((node) => `${node.localName}.${node.className}`)"""
    )
    return found


async def find_small_targets(page: Page) -> list[str]:
    """Return what is pressed and lower than 40 px, or narrower than 24, except links in a text."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("button, a, select, input, summary, textarea")]
             .filter((node) => node.checkVisibility() && !node.closest("p, .skip"))
             .filter((node) => !["hidden", "checkbox", "radio"].includes(node.type))
             .map((node) => [node, node.getBoundingClientRect()])
             .filter(([, box]) => box.height < 39.9 || box.width < 24)
             .map(([node, box]) =>
               `${node.localName} ${node.textContent} ${box.width}x${box.height}`)"""
    )
    return found
