"""In what sizes, colours and languages pictures are taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Look:
    """One way in which a person may have a page before them."""

    name: str
    width: int
    height: int
    language: str = "fi"
    is_easy: bool = False
    is_dark: bool = False
    is_forced: bool = False
    is_touched: bool = False
    # What the picture keeps of the screen's size.
    scale: float = 1.0

    def context(self) -> dict[str, Any]:
        """Return the settings of a browser context that looks so."""
        return {
            "viewport": {"width": self.width, "height": self.height},
            "color_scheme": "dark" if self.is_dark else "light",
            "forced_colors": "active" if self.is_forced else "none",
            "reduced_motion": "reduce",
            "has_touch": self.is_touched,
            "locale": {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[self.language],
            "timezone_id": "Europe/Helsinki",
        }


def dark(look: Look) -> Look:
    """Return the same in dark colours."""
    return replace(look, name=f"{look.name}-dark", is_dark=True)


def forced(look: Look) -> Look:
    """Return the same in the few colours that the reader has set."""
    return replace(look, name=f"{look.name}-forced", is_forced=True)


def easy(look: Look) -> Look:
    """Return the same in easy language."""
    return replace(look, name=f"{look.name}-easy", is_easy=True)


def spoken(look: Look, language: str) -> Look:
    """Return the same in another language."""
    return replace(look, name=f"{look.name}-{language}", language=language)


PHONE = Look("phone", 360, 740, is_touched=True)
# So tall that the most of an answer is seen at once.
LONG = Look("long", 360, 1800, is_touched=True)
TABLET = Look("tablet", 768, 1024, is_touched=True, scale=0.75)
DESKTOP = Look("desktop", 1280, 800, scale=0.75)
KIOSK = Look("kiosk", 1080, 1920, is_touched=True, scale=0.5)
DESK = Look("desk", 1280, 800, is_touched=True, scale=0.75)
