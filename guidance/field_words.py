"""Everyday names of fields: "nursing and care" where the classification says "nursing"."""

from __future__ import annotations

from catalog.fields import name
from opastin.texts import Texts

SHORTEST_CODE = 2


def field_name(code: str, language: str, texts: Texts, *, plain: bool = False) -> str:
    """Return the everyday name of a field or of the nearest wider one that has any.

    Where there is none, the official name.
    """
    known = texts.names(language)
    for length in range(len(code), SHORTEST_CODE - 1, -1):
        response = f"utter_about_field_{code[:length]}"
        if response in known:
            return texts.text(response, language, plain=plain)
    return name(code, language)
