"""Find personal identity codes and bank accounts in a text with ordinary digits and dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Digital and Population Data Services Agency: the sign between the date and the individual
# number tells the century; the letters U to Y and B to F were added on 1 January 2023.
_CENTURY_SIGNS = "+UVWXYABCDEF-"
_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CODE = re.compile(
    r"(?<![0-9])([0-9]{2})[. /-]?([0-9]{2})[. /-]?(?:1[89]|20)?([0-9]{2})"
    rf"(\s?([{re.escape(_CENTURY_SIGNS)}_/.])?\s?)([0-9]{{3}})( ?[{_CHECK_CHARACTERS}])(?![0-9])",
    re.IGNORECASE,
)
# A code without its last character, which only its name tells from other numbers.
_NAMED_CODE = re.compile(
    r"(?<!\w)(?:hetu|sotu|henkilötunnu|personbeteckning|personal identity|social security)"
    r"[\w ]{0,16}\W{0,3}([0-9]{6} ?[-+A-F U-Y]? ?[0-9]{3,4}\w?)(?!\w)",
    re.IGNORECASE,
)

_FINNISH_IBAN = re.compile(
    r"(?<![^\W_])FI[ -]?[0-9]{2}(?:[ -]?[0-9]){13,15}(?![0-9])", re.IGNORECASE
)
# How many characters an account has by country, of the IBAN registry: where people in Finland
# have accounts.
_LENGTHS = {
    **{"AT": 20, "BE": 16, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24},
    **{"FR": 27, "GB": 22, "GR": 27, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LT": 20, "LU": 20},
    **{"LV": 21, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "TR": 26, "UA": 29},
}
_FOREIGN_IBAN = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(
        rf"{country} ?[0-9]{{2}}(?:[ -]?[A-Z0-9]){{{length - 4}}}"
        for country, length in _LENGTHS.items()
    )
    + r")(?![^\W_])",
    re.IGNORECASE,
)
# Finance Finland: the national form before IBAN, six digits and two to eight more.
_OLD_ACCOUNT = re.compile(r"(?<![0-9.,/-])([1-8][0-9]{5}) ?- ?([0-9]{2,8})(?![0-9-])")
_NAMED_ACCOUNT = re.compile(
    r"(?<!\w)(?:tili(?:ni|nro|numero\w{0,6}|lle(?:ni)?|ltä)?|konto(?:t|n?nummer\w{0,2}|numret|nr)?"
    r"|account(?: number)?)(?: (?:on|är|is))?[ :]{0,3}([1-9](?: ?-? ?[0-9]){6,17})"
    r"(?![0-9]| ?(?:op|sp|€|e|eur|euro)(?!\w))",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}")


def find_identity_codes(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where a Finnish personal identity code stands, however its parts are separated."""
    spans = list(_codes(plain))
    spans += [match.span(1) for match in _NAMED_CODE.finditer(plain)]
    yield from _apart(spans)


def find_bank_accounts(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where a bank account stands: an IBAN, or the Finnish form before it."""
    spans = [match.span() for match in _FINNISH_IBAN.finditer(plain)]
    spans += [m.span() for m in _FOREIGN_IBAN.finditer(plain) if _is_iban(m.group())]
    spans += [m.span() for m in _OLD_ACCOUNT.finditer(plain) if _is_old_account(m)]
    spans += [match.span(1) for match in _NAMED_ACCOUNT.finditer(plain)]
    yield from _apart(spans)


def _codes(plain: str) -> Iterator[tuple[int, int]]:
    # A code may begin within what only looked like one: "2009 280209-933X".
    at = 0
    while match := _CODE.search(plain, at):
        is_code = _is_identity_code(match)
        if is_code:
            yield match.span()
        at = match.end() if is_code else match.start() + 1


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans in order, without those that lie within or over an earlier one."""
    end = 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, stop
            end = stop


def _is_identity_code(match: re.Match[str]) -> bool:
    day, month, year, between, sign, individual, check = match.groups()
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return False
    remainder = int(day + month + year + individual) % len(_CHECK_CHARACTERS)
    is_right = _CHECK_CHARACTERS[remainder] == check.upper().strip()
    if check[0] == " ":
        return is_right and check[1].isalpha() and not match.string[match.end() :][:1].isalnum()
    if not between:
        # Ten digits in a row are a phone number more often than a code without its sign.
        return is_right and check.isalpha()
    if sign is None or sign in "_/.":
        return is_right
    # A slip of the finger still leaves a birthday and most of a code.
    return is_right or (check.isalpha() and not match.string[match.end() :][:1].isalnum())


def _is_iban(text: str) -> bool:
    account = re.sub("[ -]", "", text).upper()
    digits = "".join(str(int(character, 36)) for character in account[4:] + account[:4])
    return int(digits) % 97 == 1


def _is_old_account(match: re.Match[str]) -> bool:
    first, rest = match.groups()
    if _DATE.fullmatch(first) and _DATE.fullmatch(rest):
        return False
    # Savings and cooperative banks (4 and 5) fill up with noughts after the seventh digit.
    at = 1 if first[0] in "45" else 0
    digits = first + rest[:at] + "0" * (8 - len(rest)) + rest[at:]
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(digits))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
