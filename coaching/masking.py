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
    contacts: list[str] = []
    # The order matters: each is looked for in what those before it have left.
    steps: tuple[tuple[str, Callable[[str], Iterable[Span]], list[str] | None], ...] = (
        (EMAIL, find_emails, contacts),
        (IDENTITY_CODE, find_identity_codes, None),
        (BANK_ACCOUNT, find_bank_accounts, None),
        (PHONE, find_phones, contacts),
        (STREET_ADDRESS, find_addresses, None),
    )
    for token, find, kept in steps:
        text = _replace(text, find(_plain(text)), token, kept)
    return Masked(text, tuple(dict.fromkeys(contacts)))


def _replace(text: str, spans: Iterable[Span], token: str, kept: list[str] | None) -> str:
    parts, end = [], 0
    for start, stop in spans:
        parts += [text[end:start], token]
        end = stop
        if kept is not None:
            kept.append(text[start:stop])
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
