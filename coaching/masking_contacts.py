"""Find phone numbers and e-mail addresses in a text with ordinary digits and dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A full stop and an at sign as people say them; "at" alone is an English word, so that
# only the names of well-known mail services make an address of it.
_SPOKEN_STOP = r"(?:piste|punkt|dot)"
_STOP = rf"(?:\.|(?: ?[(\[{{] ?| ){_SPOKEN_STOP}(?: ?[)\]}}] ?| ))"
_MAIL_SERVICES = (
    "(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|proton|protonmail|luukku"
    "|suomi24|kolumbus|elisanet|saunalahti|pp|welho|netti|elisa)"
)
_AT = (
    r"(?: ?@ ?| ?[(\[{] ?(?:@|at|ät) ?[)\]}] ?| (?:ät|miukumauku|miuku|snabel-?a) "
    rf"| at (?={_MAIL_SERVICES}{_STOP}|[\w-]{{1,30}} {_SPOKEN_STOP} [^\W\d_]{{2,24}}))"
)
_NAME = rf"[^\W_][\w.+-]{{0,63}}(?: {_SPOKEN_STOP} [^\W_][\w+-]{{0,30}})?"
_EMAIL = re.compile(
    rf"{_NAME}{_AT}(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?{_STOP}){{1,4}}[^\W\d_]{{2,24}}",
    re.IGNORECASE,
)
# Most texts have nothing of an address, and the pattern above tries every letter.
_MAYBE_EMAIL = re.compile(r"@|[ (\[{](?:at|ät|miukumauku|miuku|snabel-?a)[ )\]}]", re.IGNORECASE)

_SEPARATOR = r"(?:[ ./-]|\) ?| ?\(| - )"
_NUMBER = re.compile(
    r"(?<![0-9])(?<![0-9][.,])"
    rf"(?:\(?(?:\+|00){_SEPARATOR}?358(?:{_SEPARATOR}?[0-9]){{6,11}}"
    rf"|\(?(?:\+|00)(?!358)[1-9](?:{_SEPARATOR}?[0-9]){{6,13}}"
    rf"|358(?:{_SEPARATOR}?[0-9]){{7,10}}"
    rf"|\(?0[1-9](?:{_SEPARATOR}?[0-9]){{5,9}}"
    r"|0(?: ?[0-9]){8,11})"
    r"(?![0-9])"
)
# Subscribers' numbers without an area code are numbers like others, but for what is said of them.
_NAMED_NUMBER = re.compile(
    r"(?<!\w)(?:numero(?:ni|on|ni on|stani)|(?:mun|minun) numero|puhelin(?:numero\w{0,4})?"
    r"|puh|(?:mitt )?telefonnummer|mitt nummer|tfn|(?:my|phone) number|phone)"
    r"(?: (?:on|är|is))?[ .:]{0,3}([1-9](?:[ -]?[0-9]){5,8})(?![0-9])",
    re.IGNORECASE,
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
# What has the digits of a phone number and is none: dates, times, postcodes, business ids,
# and pages of the web but for those that call a number.
_NO_NUMBER = re.compile(
    rf"(?<![0-9])(?<![0-9][./-])(?:{_SURE_DATE}(?: ?- ?{_DATE})?"
    rf"|(?<![0-9] )(?:{_LIKELY_DATE}(?: ?- ?{_DATE})?|{_TIME} ?- ?{_TIME}"
    r"|(?!04|050|00358)[0-9]{5}(?= )|[0-9]{7}-[0-9]))(?![0-9])(?![./-][0-9])"
    r"|(?:https?://|www\.)(?!wa\.me|api\.whatsapp|t\.me)\S+",
    re.IGNORECASE,
)
_MONEY_BEHIND = re.compile(r"(?:,[0-9]+)?\s?(?:€|eur|euro)", re.IGNORECASE)
# Capital letters before digits make a course's code, but for "TEL", "PUH" and the like.
_CODE_BEFORE = re.compile(r"(?<![^\W\d_])(?!(?:TEL|PUH|GSM|NRO|NUMERO|NR|TFN)-?$)[A-ZÅÄÖ]{2,10}-?$")
_LONGEST_CODE = 12
_LETTER_FOR_NOUGHT = re.compile(r"(?<=[0-9])[oO](?=[0-9])")


def find_emails(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where an e-mail address stands, "at" and "dot" in words too."""
    if _MAYBE_EMAIL.search(plain):
        for match in _EMAIL.finditer(plain):
            yield match.span()


def find_phones(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where a phone number stands."""
    plain = _LETTER_FOR_NOUGHT.sub("0", plain)
    plain = _NO_NUMBER.sub(lambda found: "#" * len(found.group()), plain)
    spans = [match.span() for match in _NUMBER.finditer(plain) if _is_phone(match)]
    spans += [match.span(1) for match in _NAMED_NUMBER.finditer(plain)]
    end = 0
    for start, stop in sorted(spans):
        if start >= end:
            yield start, stop
            end = stop


def _is_phone(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - _LONGEST_CODE) : match.start()]
    if match.group()[0] == "0" and _CODE_BEFORE.search(before):
        return False
    return not _MONEY_BEHIND.match(match.string, match.end())
