"""Mask what identifies a person in a text, before anything stores or reads it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from coaching.masking_addresses import find_addresses
from coaching.masking_codes import find_bank_accounts, find_identity_codes
from coaching.masking_contacts import find_emails, find_phones

IDENTITY_CODE = "[identity code]"
PHONE = "[phone]"
EMAIL = "[email]"
BANK_ACCOUNT = "[bank account]"
STREET_ADDRESS = "[address]"

Span = tuple[int, int]

# The order matters: each is looked for in what those before it have left.
_STEPS: tuple[tuple[str, Callable[[str], Iterable[Span]]], ...] = (
    (EMAIL, find_emails),
    (IDENTITY_CODE, find_identity_codes),
    (BANK_ACCOUNT, find_bank_accounts),
    (PHONE, find_phones),
    (STREET_ADDRESS, find_addresses),
)
_CONTACTS = frozenset({EMAIL, PHONE})


@dataclass(frozen=True)
class Masked:
    """A text without identifiers, and the ways to reach the person that it held."""

    text: str
    contacts: tuple[str, ...] = ()


def mask(text: str) -> Masked:
    """Replace what tells who or where a person is by fixed tokens.

    These are Finnish identity codes, bank accounts, phone numbers, e-mail addresses and street
    addresses; a postcode and a town stay, because studies are looked for by them.

    >>> mask("Soita 040 123 4567, asun Koulukatu 5 B, Vaasa, opinnot 60 op").text
    'Soita [phone], asun [address], Vaasa, opinnot 60 op'
    """
    masked, found = _mask(text)
    contacts = (words for token, words in found if token in _CONTACTS)
    return Masked(masked, tuple(dict.fromkeys(contacts)))


def find_identifiers(text: str) -> tuple[tuple[str, str], ...]:
    """Return what `mask` would replace, each with its token.

    >>> find_identifiers("Soita 040 123 4567")
    (('[phone]', '040 123 4567'),)
    """
    return tuple(_mask(text)[1])


def _mask(text: str) -> tuple[str, list[tuple[str, str]]]:
    found: list[tuple[str, str]] = []
    for token, find in _STEPS:
        text = _replace(text, find(_plain(text)), token, found)
    return text, found


def _replace(text: str, spans: Iterable[Span], token: str, found: list[tuple[str, str]]) -> str:
    parts, end = [], 0
    for start, stop in spans:
        parts += [text[end:start], token]
        end = stop
        found.append((token, text[start:stop]))
    return "".join([*parts, text[end:]])


def _plain(text: str) -> str:
    """Return the text with ordinary digits, dashes and spaces, character for character."""
    return "".join(_plain_characters(text))


def _plain_characters(text: str) -> Iterator[str]:
    for character in text:
        category = unicodedata.category(character)
        if category == "Nd":
            yield str(unicodedata.digit(character))
        elif category == "Pd" or character == "\N{MINUS SIGN}":
            yield "-"
        elif category == "Zs":
            yield " "
        else:
            yield character
