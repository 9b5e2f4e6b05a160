"""What a person's place in working life is, as far as it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention, mention
from bot.nlu.negation import Denials, Standing
from bot.nlu.other_people import is_at_practice

_EMPLOYED = "employed"
_ESSIVE = re.compile(r"\w{3,}(?:na|nä)")
# "I am" as people say and type it, before what they do.
_BEING = frozenset(("olen", "oon", "oo", "toimin", "är", "e", "am", "im"))
_HAVING_BEEN = re.compile(r"oll?u|ollut|toiminut|toiminu|työskennell?y\w*|varit|been")
_WAS = frozenset(("ollu", "ollut", "toiminut", "toiminu", "varit"))
_PAST = frozenset(("olin", "oli", "var", "used", "aiemmin", "ennen", "förr", "before"))
_LASTING = ("unemployed", "laid_off", "retired")
_JUST_BEFORE = 3
_NOW = frozenset(("nyt", "ny", "nu", "now"))
# Tells that work was found again.
_ANEW = _NOW | {"taas", "igen", "again", "jälleen", "takaisin", "tillbaka", "back"}
_PREPOSITIONS = frozenset(("på", "vid", "hos", "i", "at", "in", "on", "for"))
_ARTICLES = frozenset(("a", "an", "the", "en", "ett", "my", "our", "small", "big", "local", "som"))
_NO_WORKPLACE = re.compile(
    r"evening\w*|morning\w*|day\w*|weekend\w*|moment|time|year|past|same|future|student|degree"
    r"|university|college|course|kurs|skola|dag|kväll|år|hobby|living|tid|bank\s"
)
_NO_POST = re.compile(
    r".*(?:opiskelija|harjoittelija|lapse|nuore|vapaaehtoise|haave|unelma)na"
    r"|.*(?:tana|päivänä|iltana|aamuna|vuonna|viikkona|talvena|kesänä|syksynä|keväänä|kuuna)"
)
# Where people work, by the last part and its case: "hoivakodissa", "metallipajalla".
_WORKPLACE = re.compile(
    r"\w*(?:tehta[ai]|sairaal[ao]i?|koulu|päiväkod[ei]i?|päiväkoti|kaup[ao]i?|marketi|myymälä"
    r"|varasto|ravintol[ao]i?|hotelli?|toimisto|virasto|kotihoido|keskukse|hoivakod[ie]|laitokse"
    r"|palvelutalo|laiv[ao]i?|keittiö|paj[ao]|verstaa|korjaamo|huoltamo|telaka|terminaali"
    r"|satama|työma[ai]|raksa|panki|kirjasto|apteeki|kahvila|leipomo|kampaamo|navet[ao]|asema"
    r"|lukio|osasto|firma|yritykse|yhtiö|pizzeria|baari|konttori|klinika|kunna|kaupungi|valtio"
    r"|seurakunna|posti|kaivokse|saha|voimala|kentä|hoitokod[ie]|vastaanoto|sikatila|maatila"
    r"|lypsytila|tallei|talli|kassa|trukki|linja|grilli|huolto|tallipiha)"
    r"(?:i?ssa|i?ssä|i?s|i?lla|i?llä|il|l)"
)
_AT_WORK = frozenset(("på", "vid", "hos", "at"))
# Titles and firms known by the last part of a compound: "yksityisyrittäjä", "ekogård".
_TITLES = (
    (re.compile(r"\w{2,}yrittäj\w{1,3}|\w+tilalli(?:nen|sena|set)"), "self_employed"),
    (re.compile(r"\w{2,}företagare"), "self_employed"),
    (re.compile(r"\w{3,}permittera\w*"), "laid_off"),
    (re.compile(r"\w{2,}studerande"), "student"),
)
# "Myyntihommissa Vantaalla".
_WORKING = re.compile(r"(?!koti|uusi)\w{3,}(?:hommissa?|hommis|töissä|töis)")
_FIRM = re.compile(
    r"\w*(?:gård|bolag|firma|företag|salong|åkeri|butik|kafé|restaurang|växthus|jordbruk|lantbruk"
    r"|stall|rederi|byrå|pensionat|praktik|studio|fartyg|båt|verkstad|bageri|kiosk|snickeri|taxi)"
    r"(?:en|n|et|t|er|ar|ets)?"
    r"|\w*(?:yrity(?:s|stä|ksen|ksessä|ksellä)|firma[an]?|toimini(?:mi|men|mellä)|kampaamo[an]?"
    r"|liik(?:e|kee\w*)|tila[an]?|kahvila[an]?|ravintola[an]?|baari[an]?|paja[an]?|kauppa[an]?"
    r"|kaupa[an]|verstas|leipomo[an]?|talli[an]?|yhtiö[än]?|studio[an]?|hoitola[an]?)"
    r"|\w*(?:business|company|firm|shop|salon|restaurant|farm|store|bakery|garage|boat|truck)"
)
_OWNING = frozenset(
    (
        "driver", "äger", "driv", "eget", "egen", "egna", "oma", "oman", "omaa", "omas", "omassa",
        "pyöritän", "pidän", "vedän", "own", "run", "running",
    )
)  # fmt: skip


def find_situations(phrases: Phrases, denials: Denials, asked: str | None) -> Iterator[Mention]:
    """Yield `situation` mentions: what is so now, not what was, is wished or asked in general."""
    if phrases.all("distress"):
        return
    every = [*phrases.all("situation"), *_compounds(phrases)]
    named = [one for one in every if _is_said(one, phrases, denials)]
    named = _without_ended(named, phrases)
    # Who is laid off gets a benefit of the unemployed.
    for match in sorted(named, key=lambda one: (_rank(one, named), one.first)):
        yield mention("situation", match)
    if named:
        return
    if asked == "situation":
        for match in phrases.all("work_now"):
            if denials.standing(match.first, match.last) is Standing.SAID:
                yield mention("situation", match)
    for match in phrases.all("at_work"):
        if _is_said(match, phrases, denials) and not _is_wished(match, phrases):
            yield mention("situation", match)
            return
    yield from _held_posts(phrases, denials)


def _without_ended(named: list[Match], phrases: Phrases) -> list[Match]:
    """Drop a loss of work that new work has ended: "lomautettiin, mutta nyt olen taas töissä"."""
    tokens = phrases.reading.tokens
    anew = [
        one
        for one in [*named, *phrases.all("at_work")]
        if one.value == _EMPLOYED
        and any(token.word in _ANEW for token in tokens if token.clause == tokens[one.first].clause)
    ]
    if not anew:
        return named
    return [
        one
        for one in named
        if one.value not in ("unemployed", "laid_off")
        or _same_clause(one.first, anew[-1].first, phrases)
        or one.first > anew[-1].first
    ]


def _rank(match: Match, named: list[Match]) -> int:
    """Return what comes first: a job that one is off, or has lost, is named beside it."""
    studies = any(one.value in ("student", "retired") for one in named)
    if match.value == _EMPLOYED:
        return 1 if studies else 2
    return int(match.value != "laid_off")


def _is_said(match: Match, phrases: Phrases, denials: Denials) -> bool:
    # Some phrases hold their own denial: "en ole töissä".
    own = denials.within(match.first, match.last)
    if not own and denials.standing(match.first, match.last) is not Standing.SAID:
        return False
    if _is_past(match, phrases) or _is_wished_state(match, phrases) or _is_others(match, phrases):
        return False
    general = phrases.is_general_question(match.first)
    return not (general or phrases.covers("not_situation", match.first))


def _is_past(match: Match, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    past = [cue for cue in phrases.beside("cue:past", match.first) if cue.first < match.first]
    if match.value in _LASTING:
        # "Jäin työttömäksi" is a past that lasts.
        return any(
            tokens[cue.first].word in _PAST and match.first - cue.first <= _JUST_BEFORE
            for cue in past
        )
    if match.last < len(tokens) and tokens[match.last].word in _PAST:
        return True
    word = tokens[match.last - 1].word
    if word == "jobba" and phrases.beside("unit:years", match.first):
        # In dialects "jobba" is also "jobbade".
        return True
    if match.value != _EMPLOYED:
        return bool(past)
    here = [one for one in range(match.first) if _same_clause(one, match.first, phrases)]
    # "Been driving a bus" lasts, "oon ollu varastossa töissä" does not.
    inside = range(match.first, match.last)
    return (
        bool(past)
        or any(_HAVING_BEEN.fullmatch(tokens[one].word) for one in here)
        or any(tokens[one].word in _WAS for one in inside)
    )


def _compounds(phrases: Phrases) -> Iterator[Match]:
    """Yield what only the last part of a compound tells: "driver ekogård", "maitotilallinen"."""
    tokens = phrases.reading.tokens
    for place, token in enumerate(tokens):
        for title, value in _TITLES:
            if title.fullmatch(token.word) and not phrases.covers("situation", place):
                yield Match("situation", value, place, place + 1, 1)
        if (
            _WORKING.fullmatch(token.word)
            and not phrases.beside("cue:wish", place)
            and not phrases.covers("situation", place)
        ):
            yield Match("situation", _EMPLOYED, place, place + 1, 1)
        if token.word in _OWNING and not phrases.covers("situation", place):
            for firm in range(place + 1, min(place + 3, len(tokens))):
                if tokens[firm].kind != "word":
                    break
                if _FIRM.fullmatch(tokens[firm].word):
                    yield Match("situation", "self_employed", place, firm + 1, 1)
                    break


def _same_clause(one: int, other: int, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    return tokens[one].clause == tokens[other].clause


def _is_wished_state(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is a wish: "haluaisin olla oma yritys", "perustaa oma firma"."""
    if match.value not in ("self_employed", "student"):
        return False
    word = phrases.reading.tokens[match.last - 1].word
    founding = [one for one in phrases.beside("founding", match.first) if one.last <= match.first]
    held = [cue for cue in phrases.beside("cue:firm", match.first) if cue.last <= match.first]
    return word.endswith("ksi") or bool(founding) or (_is_wished(match, phrases) and not held)


def _is_wished(match: Match, phrases: Phrases) -> bool:
    return any(cue.last <= match.first for cue in phrases.beside("cue:wish", match.first))


def _is_others(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is said of somebody else: "mieheni on töissä"."""
    family = [one for one in phrases.beside("cue:family", match.first) if one.last <= match.first]
    own = [
        one
        for one in phrases.beside("first_person", match.first)
        # "My husband" is no word of oneself.
        if one.last <= match.first
        and not any(cue.first - 1 <= one.first < cue.last for cue in family)
    ]
    inside = any(match.first <= one.first < match.last for one in phrases.all("cue:family"))
    return bool(family) and not own and not inside and match.value != "outside_labour_force"


def _held_posts(phrases: Phrases, denials: Denials) -> Iterator[Mention]:
    """Yield `employed` for an occupation held now: "oon kaupassa myyjänä", "now I am a cook"."""
    tokens = phrases.reading.tokens
    for place, token in enumerate(tokens):
        if token.word not in _BEING or denials.standing(place, place + 1) is not Standing.SAID:
            continue
        following = [
            one for one in range(place + 1, len(tokens)) if _same_clause(one, place, phrases)
        ]
        if any(_HAVING_BEEN.fullmatch(tokens[one].word) for one in following):
            continue
        occupations = [one for one in phrases.all("competence") if one.first in following]
        present = phrases.beside("at_present", place) or phrases.beside("workplace_named", place)
        essive = any(_ESSIVE.fullmatch(tokens[one.last - 1].word) for one in occupations)
        wished = any(one.last <= place for one in phrases.beside("cue:wish", place))
        past = any(one.first < place for one in phrases.beside("cue:past", place))
        if occupations and (present or essive) and not (wished or past):
            yield Mention("situation", _EMPLOYED, place, place + 1)
            return
    for match in [*phrases.all("competence"), *_essives(phrases)]:
        if _is_at_post(match, phrases):
            yield Mention("situation", _EMPLOYED, match.first, match.last)
            return


def _essives(phrases: Phrases) -> Iterator[Match]:
    """Yield what one is at a place of work, whatever it is called: "apulaisena keittiöllä"."""
    for place, token in enumerate(phrases.reading.tokens):
        if _ESSIVE.fullmatch(token.word) and not _NO_POST.fullmatch(token.word):
            yield Match("competence", "", place, place + 1, 1)


def _is_at_post(match: Match, phrases: Phrases) -> bool:
    """Tell whether where or when one works follows: "nurse at TAYS", "taxi driver by night"."""
    tokens = phrases.reading.tokens
    if is_at_practice(match, phrases):
        return False
    if phrases.is_question(match.first) or any(
        phrases.beside(kind, match.first)
        for kind in ("cue:wish", "cue:past", "cue:graduated", "cue:duration", "unit:years")
    ):
        return False
    if any(
        _HAVING_BEEN.fullmatch(tokens[one].word) and _same_clause(one, match.first, phrases)
        for one in range(match.first)
    ):
        return False
    timed = [
        one for one in phrases.beside("post_time", match.first) if 0 <= one.first - match.last <= 3
    ]
    named = (
        match.last + 1 < len(tokens)
        and tokens[match.last].word in _AT_WORK
        and tokens[match.last + 1].capital
    )
    placed = [
        one
        for one in phrases.beside("workplace_named", match.first)
        if match.last <= one.first <= match.last + 1 or one.last == match.first
    ]
    # "Kitchen helper now, in Pori".
    present = [
        one
        for one in phrases.beside("at_present", match.first)
        if one.first == match.last or _leads_to(one, match, phrases)
    ]
    worked = _is_workplace(match.last, phrases) or _is_workplace(match.first - 1, phrases)
    return bool(timed or placed or present) or named or worked


def _leads_to(present: Match, match: Match, phrases: Phrases) -> bool:
    """Tell whether "nykyään", "currently a" stands right before; "now" may begin a wish."""
    tokens = phrases.reading.tokens
    between = tokens[present.last : match.first]
    return (
        present.last <= match.first
        and tokens[present.first].word not in _NOW
        and all(token.word in _ARTICLES for token in between)
        and not tokens[match.last - 1].word.endswith(("ksi", "ks"))
    )


def _is_workplace(place: int, phrases: Phrases) -> bool:
    """Tell whether where people work begins here: "kouluilla", "på en färja", "at a mall"."""
    tokens = phrases.reading.tokens
    if not 0 <= place < len(tokens):
        return False
    if _WORKPLACE.fullmatch(tokens[place].word):
        return True
    following = tokens[place + 1 : place + 3]
    return (
        tokens[place].word in _PREPOSITIONS
        and len(following) == 2
        and following[0].word in _ARTICLES
        and following[1].kind == "word"
        and not _NO_WORKPLACE.fullmatch(following[1].word)
    )
