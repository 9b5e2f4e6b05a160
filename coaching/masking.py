"""Mask what identifies a person in a text, before anything stores or reads it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

IDENTITY_CODE = "[identity code]"
PHONE = "[phone]"
EMAIL = "[email]"

# Digital and Population Data Services Agency: the sign between the date and the individual
# number tells the century; the letters U to Y and B to F were added on 1 January 2023.
_CENTURY_SIGNS = "+UVWXYABCDEF-"
_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"

_CODE = re.compile(
    rf"(?<![0-9])([0-9]{{2}})\.?([0-9]{{2}})\.?(?:1[89]|20)?([0-9]{{2}})\s?([{re.escape(_CENTURY_SIGNS)}])?\s?"
    rf"([0-9]{{3}})([{_CHECK_CHARACTERS}])(?![0-9])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[^\W_][\w.+-]{0,63}"
    r"(?:@|\s?[(\[]\s?(?:@|at|ät)\s?[)\]]\s?)"
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,4}[^\W\d_]{2,24}",
    re.IGNORECASE,
)
_SEPARATOR = r"(?:[ ./-]|\) ?| ?\(| - )"
_NUMBER = re.compile(
    r"(?<![0-9])(?<![0-9][.,])"
    rf"(?:\(?(?:\+|00){_SEPARATOR}?358(?:{_SEPARATOR}?[0-9]){{6,11}}"
    rf"|\(?(?:\+|00)(?!358)[1-9](?:{_SEPARATOR}?[0-9]){{6,13}}"
    rf"|358(?:{_SEPARATOR}?[0-9]){{7,10}}"
    rf"|\(?0[1-9](?:{_SEPARATOR}?[0-9]){{5,9}})"
    r"(?![0-9])"
)
_YEAR = r"(?:19|20)[0-9]{2}"
_DAY, _MONTH = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])"
_TIME = r"(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9]"
# Nothing else is written so, whatever stands before it.
_SURE_DATE = (
    rf"(?:{_DAY}\.{_MONTH}\. ?{_YEAR}|{_DAY}/{_MONTH}/{_YEAR}|{_DAY}-{_MONTH}-{_YEAR}"
    rf"|{_YEAR}-{_MONTH}-{_DAY})"
)
# After a digit and a space these may be the end of a phone number.
_LIKELY_DATE = rf"(?:{_DAY}\.{_MONTH}\.(?:[0-9]{{2}})?|{_MONTH}[./]{_YEAR}|{_DAY} {_MONTH} {_YEAR})"
_DATE = rf"(?:{_SURE_DATE}|{_LIKELY_DATE})"
# What has the digits of a phone number and is none: dates, times, postcodes, business ids.
_NO_NUMBER = re.compile(
    rf"(?<![0-9])(?<![0-9][./-])(?:{_SURE_DATE}(?: ?- ?{_DATE})?"
    rf"|(?<![0-9] )(?:{_LIKELY_DATE}(?: ?- ?{_DATE})?|{_TIME} ?- ?{_TIME}"
    r"|(?!04|050)[0-9]{5}(?= )|[0-9]{7}-[0-9]))(?![0-9])(?![./-][0-9])"
)
_MONEY_BEHIND = re.compile(r"(?:,[0-9]+)?\s?(?:€|eur|euro)", re.IGNORECASE)


@dataclass(frozen=True)
class Masked:
    """A text without identifiers, and the ways to reach the person that it held."""

    text: str
    contacts: tuple[str, ...] = ()


def mask(text: str) -> Masked:
    """Replace Finnish identity codes, phone numbers and e-mail addresses by fixed tokens.

    >>> mask("Soita 040 123 4567, opinnot 60 op").text
    'Soita [phone], opinnot 60 op'
    """
    contacts: list[str] = []
    text = _replace(text, _ADDRESS, EMAIL, _is_anything, contacts)
    text = _replace(text, _CODE, IDENTITY_CODE, _is_identity_code, None)
    text = _replace(text, _NUMBER, PHONE, _is_phone, contacts, without=_NO_NUMBER)
    return Masked(text, tuple(dict.fromkeys(contacts)))


def _replace(
    text: str,
    pattern: re.Pattern[str],
    token: str,
    is_meant: Callable[[re.Match[str]], bool],
    contacts: list[str] | None,
    *,
    without: re.Pattern[str] | None = None,
) -> str:
    parts, end = [], 0
    plain = _plain(text)
    if without is not None:
        plain = without.sub(lambda found: "#" * len(found.group()), plain)
    for match in pattern.finditer(plain):
        if is_meant(match):
            parts += [text[end : match.start()], token]
            end = match.end()
            if contacts is not None:
                contacts.append(text[match.start() : end])
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


def _is_anything(match: re.Match[str]) -> bool:
    return True


def _is_identity_code(match: re.Match[str]) -> bool:
    day, month, year, sign, individual, check = match.groups()
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return False
    remainder = int(day + month + year + individual) % len(_CHECK_CHARACTERS)
    is_right = _CHECK_CHARACTERS[remainder] == check.upper()
    if sign is None:
        # Ten digits in a row are a phone number more often than a code without its sign.
        return is_right and check.isalpha()
    # A slip of the finger still leaves a birthday and most of a code.
    return is_right or (check.isalpha() and not match.string[match.end() :][:1].isalnum())


def _is_phone(match: re.Match[str]) -> bool:
    return not _MONEY_BEHIND.match(match.string, match.end())
