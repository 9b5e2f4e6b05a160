"""Find street addresses in a text with ordinary digits and dashes: a street and its number.

A street without a number says no more than a part of a town, and stays. So do a postcode and a
town behind the number: studies are looked for by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD_STARTS, _WORD_ENDS = r"(?<![\w-])", r"(?![^\W\d_])"
# Endings that streets have and little else, as said and as read.
_SURE = (
    r"[\w-]{3,30}?(?:katu|kadu(?:lla|lta|lle|n)|tie|tie(?:llä|ltä|lle|n)|kuja|kuja(?:lla|lta|n)"
    r"|polku|polu(?:lla|lta|n)|kaari|kaare(?:lla|lta|n)|raitti|raiti(?:lla|lta|n)|taival|kaarre"
    r"|penger|puistikko|gatan|vägen|gränden|stigen|allén|svängen|bågen|bulevarden)"
    r"|[\w-]{0,30}?(?:aukio|bulevardi|esplanadi|esplanaden)"
)
# Endings that places and other things have as well: they need a sign of an address around them.
_LIKELY = (
    r"[\w-]{2,30}?(?:ranta|rannalla|rinne|rinteellä|mäki|mäellä|niemi|tori|torilla|piha|puisto"
    r"|portti|silta|kulma|väylä|linja|kierto|haka|lenkki|rivi|kallio|pelto|torget|backen"
    r"|stranden|kajen|platsen|ringen|leden|parken|kroken|brinken|åsen|höjden|udden)"
)
_QUALIFIERS = (
    r"(?:(?:vanha|uusi|iso|pieni|vähä|pohjoinen|eteläinen|läntinen|itäinen|norra|södra|östra"
    r"|västra|stora|lilla|gamla|nya|övre|nedre) )?"
)
# "Urho Kekkosen katu", "Runebergs väg": named after somebody, in two or three words.
_COMMON = (
    r"(?!(?:asun|asuin|osoit\w*|olen|on|mun|tässä|täällä|muutin|muutan|lähellä|ja|tai|se|at|live"
    r"|bor|på|är|is|adress\w*|address)\b)"
)
_NAMED_AFTER = (
    rf"(?:{_COMMON}[^\W\d_]{{2,20}} )?{_COMMON}[^\W\d_]{{2,20}}"
    r"(?:n (?:katu|kadulla|tie|tiellä|kuja|kujalla|polku|kaari|raitti)|s (?:gata|väg|gränd|stig))"
)

_FLAT = r"(?:asunto|as|huoneisto|bostad|bst|lägenhet|lgh|apt|flat)\.? ?[0-9]{1,4}"
_HOUSE = r"(?P<house>[0-9]{1,4}(?: ?- ?[0-9]{1,4})?)(?![0-9])"
# No "i", "å" or "ö": Swedish words, and no staircase has them.
_STAIRCASE = rf"[a-hj-zä]{_WORD_ENDS}"
_BEHIND = rf"(?: ?(?:{_FLAT}|[0-9]{{1,3}}(?![^\W_])))?"
_DOOR = rf"(?P<door> ?(?:{_FLAT}|(?P<stair>{_STAIRCASE}){_BEHIND}))?"
# What is counted after a number: then it is not a house's.
_UNITS = (
    r"(?! ?(?:(?:op|ov|sp|hp|sv|ects|cr|credits?|e|eur|euro\w*|km|h|min|vko|vk|kk|pv|v|kpl|st|hlö"
    r"|år|opintopis\w*|opintoviik\w*|studiepoäng|kilom\w*|tunti\w*|tunn\w*|timm\w*|hours?|päiv\w*"
    r"|dag\w*|days?|viikko\w*|viikon|veck\w*|weeks?|kuukau\w*|månad\w*|months?|vuo[dst]\w*|years?"
    r"|krs|kerros|kurs\w*|courses?)(?![^\W_])|[€%$°]|\.[0-9]|\. ?krs|:[0-9]))"
    r"(?!,[0-9](?![0-9]{4}(?![0-9])))"
)
_NUMBER = rf" ?{_HOUSE}{_DOOR}{_UNITS}"
_POSTCODE = r"(?P<town>(?=,?\s{1,2}[0-9]{5} [^\W\d_]))?"

_FINNISH_STREET = re.compile(
    rf"{_WORD_STARTS}{_QUALIFIERS}(?:(?P<sure>{_SURE})|(?P<likely>{_LIKELY}))"
    rf"{_WORD_ENDS}{_NUMBER}{_POSTCODE}",
    re.IGNORECASE,
)
_NAMED_STREET = re.compile(rf"{_WORD_STARTS}{_NAMED_AFTER}{_NUMBER}", re.IGNORECASE)
_ENGLISH_KIND = "(?:Street|Road|Avenue|Lane|Drive|Square|Court|Close)"
_ENGLISH_STREET = re.compile(
    rf"(?<![\w.,-])[0-9]{{1,4}}[A-Za-z]? (?:[A-Z][a-z']{{1,20}} ){{1,2}}{_ENGLISH_KIND}\b"
    rf"|{_WORD_STARTS}[A-Z][a-z']{{1,20}} {_ENGLISH_KIND} "
    r"(?!(?:19|20)[0-9]{2})[0-9]{1,4}(?![\w.])"
)
# Any name will do where it is called an address, or a postcode and a town come behind.
_TOLD = re.compile(
    rf"{_WORD_STARTS}(?:(?:koti|posti|lähi|katu|hem|post|gatu)?(?:osoit(?:e|teeni|teessa|teeseen)"
    r"|adress(?:en)?)|(?:home |street )?address)(?:[ :=]{1,3}(?:on|är|is|nyt)(?!\w))?[ :=]{1,3}"
    rf"(?P<street>(?:[^\W\d_][\w-]{{1,30}} ){{1,3}}(?<= ){_HOUSE}{_DOOR}{_UNITS})",
    re.IGNORECASE,
)
_BEFORE_POSTCODE = re.compile(
    rf"{_WORD_STARTS}(?P<street>[^\W\d_][\w-]{{3,30}}{_NUMBER})(?=,?\s{{1,2}}[0-9]{{5}} [^\W\d_])",
    re.IGNORECASE,
)
# Roads, ways to learn and other things that only end like streets, and rooms with numbers.
_NO_STREET = re.compile(
    r"(?:opinto|opin|oppi|oppimis|opiskelu|koulutus|ura|kasvu|hoito|palvelu|kehittymis|osaamis"
    r"|valmennus|ammatti|kuntoutus|elämän|elämä|työ|valta|kanta|moottori|rauta|seutu|yhdys|maan"
    r"|hengitys|pyörä|vesi|syöttö|verkko)-?(?:polk|polu|tie|kaar)"
    r"|(?:studie|utbildnings|karriär|yrkes|lärande|livs)(?:väg|stig)"
    r"|(?:aun|ka|bes|swee|cu|neck|hot|pa|ti)tie$",
    re.IGNORECASE,
)
_ROOMS = re.compile(
    r"(?:luokka|sali|huone|ryhmä|kurssi|vaihtoehto|kampus|rakennus|rum|klass|grupp|kurs|room|class"
    r"|group|box)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}$")


def find_addresses(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where a street address stands."""
    spans = [match.span() for match in _FINNISH_STREET.finditer(plain) if _is_address(match)]
    spans += [match.span() for match in _NAMED_STREET.finditer(plain) if _is_named(match)]
    spans += [match.span() for match in _ENGLISH_STREET.finditer(plain)]
    spans += [m.span("street") for m in _TOLD.finditer(plain) if m["street"][0].isupper()]
    spans += [m.span("street") for m in _BEFORE_POSTCODE.finditer(plain) if _is_in_town(m)]
    end = 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, stop
            end = stop


def _is_address(match: re.Match[str]) -> bool:
    door, stair = match["door"], match["stair"]
    has_sign = match["town"] is not None or (
        stair is not None and (stair.isupper() or any(map(str.isdigit, door)))
    )
    if match["likely"] or _NO_STREET.match(match["sure"]):
        return has_sign
    return has_sign or not _YEAR.match(match["house"])


def _is_named(match: re.Match[str]) -> bool:
    *_, owner, kind = match.group()[: match.start("house") - match.start()].split()
    # "elämän tie 3" is a saying; a street has somebody's name.
    return kind[:2].casefold() in ("ka", "ku") or owner[0].isupper()


def _is_in_town(match: re.Match[str]) -> bool:
    name = match["street"].split()[0]
    return name[0].isupper() and not _ROOMS.match(name)
