"""QR codes, as drawings that a page shows in an image."""

from __future__ import annotations

import base64
import io

import segno

# Longer addresses, which providers may have, make codes too fine for a phone's camera, and in
# the end none at all.
_LONGEST = 600
# Readers need four light squares around a code.
_QUIET = 4


def fits(address: str) -> bool:
    """Say whether an address makes a code that a phone can read."""
    return len(address.encode("utf-8", "replace")) <= _LONGEST


def qr_svg(address: str) -> str:
    """Return an address as a QR code in SVG: dark on light whatever the page's colours.

    It has no size of its own, so that it fills the image that shows it.
    """
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing,
        kind="svg",
        border=_QUIET,
        dark="#000",
        light="#fff",
        omitsize=True,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    return drawing.getvalue().decode()


def qr_image(address: str) -> str:
    """Return an address as a QR code that can be the source of an image."""
    return "data:image/svg+xml;base64," + base64.b64encode(qr_svg(address).encode()).decode()
