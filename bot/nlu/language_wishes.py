"""Wishes about how the bot should speak: in which language, and in easy language or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opastin.texts import LANGUAGES

# Slots whose answer may be the bare name of a language without wishing the bot to speak it.
LANGUAGE_QUESTIONS = frozenset({"competence", "field", "goal", "interest", "teaching_languages"})


@dataclass(frozen=True)
class Wish:
    """A wish found in a message: a language, or true or false for easy language."""

    entity: str
    value: str | bool
    start: int
    end: int


_NAMES = {
    "fi": (r"suomen\s+kieltä|suomea|suomeksi|suomeks|suomeen|suomi", "finska", "finnish"),
    "sv": (r"ruotsin\s+kieltä|ruotsia|ruotsiksi|ruotsiks|ruotsiin|ruotsi", "svenska", "swedish"),
    "en": (
        r"englannin\s+kieltä|englantia|enkkua|englanniksi|englanniks|enkuksi|englantiin|englanti",
        "engelska",
        "english",
    ),
}
# "X" stands for the names of a language as each of the three languages writes them.
_ASKED = (
    # Finnish: asking somebody to speak, never "puhun ruotsia", which says what one can.
    r"(?:voi(?:n|t|mme|daan|taisko|daanko|taisiinko|si|sit)?(?:ko|ks)?|saako?|saisiko|saanko|"
    r"osaat(?:ko|sä)?|haluan|haluaisin|haluisin|haluun|mielummin|mieluummin)\s+"
    r"(?:\w+\s+){0,2}?(?:puhu[au]|puhuus|jutella|keskustella|jatkaa|vastata|kirjoittaa|vaihtaa)\s+"
    r"(?:\w+\s+){0,2}?(?:X1)",
    r"(?:puhu+|sano|kerro|selitä|puhutko|puhutsä|puhuisitko|puhutaan|puhutaanko|jutellaan|jutellaanko|jatketaan|"
    r"jatka|vastaa|kirjoita|vaihda|vaihdetaan|vaihdetaanko|vaihdatko|osaatko|osaatsä|käykö)\s+"
    r"(?:\w+\s+){0,2}?(?:X1)",
    r"(?:X1)\s+(?:kiitos|kiitti|pliis|please|tack|voitko|voiko|mielummin|mieluummin)",
    r"(?:takaisin|takas|takasi|takasin|sittenkin|palataan)\s+(?:X1)",
    r"(?:X1)\s+(?:sittenkin|takaisin|takas|takasin)",
    r"(?:onnistuuko|käykö|saako|saada|voiko|voisiko|saisiko|mieluummin|mielummin)\s+"
    r"(?:tää\s+|tämän?\s+|tän\s+)?"
    r"(?:X1)",
    # Swedish
    r"(?:talar|pratar|kan|förstår)\s+du\s+(?:X2)",
    r"(?:prata|säg|förklara|tala|snacka|skriv|svara|byt|byta|fortsätt|fortsätta|ta|ha)\s+(?:\w+\s+){0,3}?"
    r"(?:till\s+|på\s+|i\s+)?(?:X2)",
    r"(?:på\s+)?(?:X2)[,\s]+(?:tack|kiitos|snälla|please)",
    r"(?:tillbaka|tillbaks|åter)\s+(?:till\s+|på\s+)?(?:X2)",
    r"^(?:nej[,\s]+)?(?:på\s+)?(?:X2)\s+(?:ändå|istället|i stället)",
    r"(?:går det|hellre|helst|funkar det|kan vi|kan man|kan jag få det)\s+(?:\w+\s+){0,2}?"
    r"på\s+(?:X2)",
    r"på\s+(?:X2),?\s+(?:går det|funkar det|om det går)",
    # English
    r"(?:speak|say|explain|talk|chat|answer|reply|write|continue|switch|change|go on)\s+"
    r"(?:\w+\s+){0,3}?"
    r"(?:to\s+|in\s+|into\s+)?(?:X3)",
    r"(?:in\s+)?(?:X3)[,\s]+(?:please|pls|thanks|kiitos|tack)",
    r"^i (?:want|need|prefer) (?:X3)$",
    r"back\s+(?:to\s+|in\s+|into\s+)?(?:X3)",
    r"^(?:no[,\s]+)?(?:in\s+)?(?:X3)\s+(?:instead|after all)",
    r"(?:have|can|could|possible|prefer|rather|want)\s+(?:\w+\s+){0,3}?in\s+(?:X3)",
)
# The whole message; only where no language was asked for.
_BARE = (
    r"(?:(?:no|well|hi|hej|moi|hei|ok|sorry)[,!.\s]+)?(?:(?:vain|vaan|bara|endast|enbart|only)\s+)?"
    r"(?:på\s+|in\s+)?(?:X1|X2|X3)(?:\s+only)?"
)
_LAST = (
    r"[,.!?]\s*(?:på\s+|in\s+)?(?:X1|X2|X3)\s*\?+$"
    # "My finnish is bad, only english".
    r"|\b(?:bad|poor|weak|not (?:so |very |that )?good|huono\w*|heikko\w*|dålig\w*|svag|knackig)"
    r"\W+(?:(?:so|joten|så|men|but|mutta)\s+)?(?:vain|vaan|bara|endast|only|just)\s+(?:på\s+|in\s+)?"
    r"(?:X1|X2|X3)[.!\s]*$"
)

# What people learn or study in a language, or say of themselves, is no wish to be spoken to in it.
_STUDYING = re.compile(
    r"\b(?:oppi\w*|opiskel\w*|opint\w*|opett\w*|opetu\w*|kurss\w*|koulutu\w*|tutkin\w*|suoritta\w*"
    r"|lära|läsa|plugga\w*|studera\w*|studie\w*|utbild\w*|undervis\w*|kurs\w*|examen"
    r"|learn\w*|stud(?:y|ies|ying)|course\w*|degree\w*|teach\w*|taught|class\w*|program\w*)\b"
)
# "i don't speak swedish" and "i speak english" say what a person can; "varför talar du finska"
# is no wish for more of it.
_SAID = re.compile(
    r"\b(?:don.?t|not|cannot|can.?t|en|inte|(?<!can )(?<!could )(?<!may )(?:i|we)"
    r"|miksi?(?: sä| sinä)?|varför|why do you)$"
    # What a beginner leaves unbent: "minä puhu vähän suomi", "jag prata lite svenska".
    r"|^(?:(?:mutta|mut|men) )?(?:minä|mä|mää|mie|jag)$"
)
# Languages told together are skills, unless it is asked: "speak French and English".
_TONGUE = (
    r"(?:suome[an]|suomi|ruotsi[an]?|englanti[an]?|venäjää?|viroa?|saksaa?|ranskaa?|espanjaa?"
    r"|arabiaa?|somali[an]?|somaliaa?|italiaa?|turkkia?|kurdia?|persiaa?|ukrainaa?|kiinaa?"
    r"|finska|svenska|engelska|ryska|estniska|tyska|franska|spanska|arabiska|italienska|turkiska"
    r"|kurdiska|persiska|ukrainska|kinesiska|polska|norska|danska"
    r"|finnish|swedish|english|russian|estonian|german|french|spanish|arabic|somali|italian|turkish"
    r"|kurdish|persian|farsi|dari|ukrainian|chinese|polish|portuguese|thai|vietnamese|hindi)"
)
_SEVERAL = re.compile(
    rf"\b{_TONGUE}(?:,\s*{_TONGUE})*,?\s+(?:ja|och|o|å|and|&|sekä|samt)\s+(?:\w+\s+)?{_TONGUE}\b"
)
_REQUEST = re.compile(
    r"\?|\b(?:voi\w*|osaat\w*|kan (?:du|ni|vi)|kunde|can (?:you|we)|could|please|tack|snälla"
    r"|kiitos)\b"
)
_CLAUSE_END = re.compile(r"[.,;!?]")
_PLAIN = re.compile(
    r"\bselko(?:kiel\w*|suom\w*|a)?\b"
    r"|\b(?:lyhy\w+|selke\w+|helppo\w*|yksinkertais\w+)\s+(?:ja\s+\w+\s+)?(?:lause\w*|virkke\w*)"
    r"|\b(?:enkla|korta|lätta|tydliga)\s+(?:(?:och\s+|o\s+)?\w+\s+)?(?:meningar|ord)\b"
    r"|\b(?:write|use|say|speak)\s+(?:\w+\s+){0,3}?(?:short|simple|easy)\b"
    r"|\b(?:short|simple|easy)\s+(?:(?:and\s+)?\w+\s+)?(?:sentences|words)\b"
    r"|\b(?:puhu|puhut|puhuisit|kirjoita|kirjota|sano|selitä|kerro)\w*\s+(?:\w+\s+){0,3}?"
    r"(?:selkeämmin|selkeemmin|helpommin|yksinkertaisemmin|selvemmin|ymmärrettävämmin)"
    r"|\b(?:helpo\w+|helppo\w+|yksinkertais\w+|selkeämpää?|selkeempää?)\s+"
    r"(?:sano\w+|kiel(?:tä|i|ellä)|suom\w+)"
    r"|\bvaikei(?:ta|den)\s+sano\w+|\bsvåra\s+ord\w*|\b(?:difficult|hard)\s+words?\b"
    r"|\blätt(?:are)?\s*(?:läst|språk|svenska|finska)\w*|\blättläst\w*|\bklarspråk\b"
    r"|\b(?:enkel|enklare|lättare|tydligare)\s+(?:ord|språk|svenska|finska)\b"
    r"|\b(?:skriv\w*|prata\w*|säg\w*|förklara\w*)\s+(?:\w+\s+){0,3}?"
    r"(?:enklare|enkelt|lättare|tydligare)\b"
    r"|\b(?:easy|easier|plain|simple|simpler|clearer)\s+"
    r"(?:language|words?|english|finnish|swedish)\b"
    r"|\b(?:write|say|speak|talk|explain)\s+(?:\w+\s+){0,3}?"
    r"(?:simpler|simply|more\s+simply|easier|easy|more\s+clearly)\b"
)
_NOT_PLAIN = re.compile(
    r"\b(?:ei|en|älä)\s+(?:\w+\s+){0,2}?selko\w*|\bselkokiel\w*\s+(?:pois|ei)\b"
    r"|\b(?:taval\w+|normaali\w*)\s+(?:kiel\w*|suom\w*)|\b(?:puhu|kirjoita)\s+(?:\w+\s+)?norma\w+"
    r"|\binte\s+(?:\w+\s+){0,2}?lätt\w*|\b(?:vanligt?|normalt?)\s+(?:språk|svenska)"
    r"|\bskriv\s+normalt"
    r"|\b(?:no|not|don.?t|stop|without)\s+(?:\w+\s+){0,2}?(?:easy|plain|simple)\s+\w+"
    r"|\b(?:normal|ordinary|regular)\s+(?:language|english|finnish|swedish)|\bwrite\s+normally"
)


def _spell(pattern: str, language: str) -> str:
    for place, names in enumerate(_NAMES[language], start=1):
        pattern = pattern.replace(f"X{place}", names)
    return pattern


_LANGUAGE = {
    language: re.compile("|".join(rf"\b{_spell(pattern, language)}\b" for pattern in _ASKED))
    for language in LANGUAGES
}
_ALONE = {
    language: re.compile(rf"^\W*{_spell(_BARE, language)}[\s.!?]*$|{_spell(_LAST, language)}")
    for language in LANGUAGES
}


def find_wishes(text: str, asked: str | None = None) -> list[Wish]:
    """Return the wishes in `text`; `asked` is the slot that was just asked.

    >>> [(wish.entity, wish.value) for wish in find_wishes("puhutaan ruotsia")]
    [('language_wish', 'sv')]
    >>> find_wishes("haluan oppia ruotsia")
    []
    """
    lowered = text.lower()
    # A few letters change length in lower case, and offsets must fit what was typed.
    if len(lowered) != len(text):
        lowered = text
    return [*_language_wishes(lowered, asked), *_plain_wishes(lowered)]


def _language_wishes(text: str, asked: str | None) -> Iterator[Wish]:
    found: list[Wish] = []
    for language in LANGUAGES:
        match = _LANGUAGE[language].search(text)
        if match is None and asked not in LANGUAGE_QUESTIONS:
            match = _ALONE[language].search(text)
        elif match is not None and (_is_about_studies(text, match) or _are_skills(text, match)):
            match = None
        if match is not None:
            found.append(Wish("language_wish", language, match.start(), match.end()))
    # The last one counts: "en puhu ruotsia, puhutaan suomea".
    yield from sorted(found, key=lambda wish: wish.start)[-1:]


def _is_about_studies(text: str, match: re.Match[str]) -> bool:
    # Only what stands right beside the language, inside the same clause, tells about it.
    before = _CLAUSE_END.split(text[: match.start()])[-1].split()[-3:]
    after = _CLAUSE_END.split(text[match.end() :])[0].split()[:1]
    around = " ".join([*before, match.group(), *after])
    return bool(_STUDYING.search(around) or _SAID.search(" ".join(before)))


def _are_skills(text: str, match: re.Match[str]) -> bool:
    several = _SEVERAL.search(text)
    return (
        several is not None
        and several.start() < match.end()
        and match.start() < several.end()
        and not _REQUEST.search(text)
    )


def _plain_wishes(text: str) -> Iterator[Wish]:
    for value, pattern in ((False, _NOT_PLAIN), (True, _PLAIN)):
        match = pattern.search(text)
        if match:
            yield Wish("plain_language", value, match.start(), match.end())
            return
