"""What somebody can do as it may be said back: a title or a skill, never a piece of a sentence."""

from __future__ import annotations

import re

from bot.actions.titles import base_form

_BEGINS = re.compile(
    r"(?:in|at|on|with|for|from|as|to|of|i|på|med|för|hos|vid|inom|åt|som|från|av"
    r"|töissä|töitä|olen|olin|ollut|ollu|oon)\b"
)
# Finnish says where by these endings, and with whom by "kanssa".
_WHERE = re.compile(r".*(?:ss[aä]|ll[aä]|st[aä]|lt[aä])|kanssa|parissa")
# How what one works as ends; anything else told of work is where or with what one works.
_TITLES = {
    "fi": re.compile(
        r".*(?:j[aä]|mies|nainen|nen|opas|tar|tär|kko|kkö|ri|isti|omi|ogi|kokki|kuski|kassa|seppä"
        r"|emäntä|isäntä|entti|ultti|eutti|itti|kätilö|poliisi|maisteri|insinööri|vastaava|apu|äiti"
        r"|isä|pappi|työ|duunari|timpuri|raksa|myyjätär|tutkija|lotta|siistijä|neuvos|edustaja)"
    ),
    "sv": re.compile(
        r".*(?:are|ska|ist|ör|nom|olog|kock|biträde|assistent|chef|iker|man|kvinna|jurist|vakt"
        r"|ent|ant|ekonom|smed|präst|polis|ombud|värd|värdinna|expedit|bonde|mamma|pappa|hjälp"
        r"|arbete|jobbare|kapten|pilot|lots|elev|råd|(?:kt|is|rat)or|apotekare)"
    ),
    "en": re.compile(
        r".*(?:(?<!comput)er|or|ist|ian|nurse|assistant|chef|cook|clerk|m[ae]n|person|ant|ent|eer"
        r"|maid|aide|guard|pilot|host|ess|mechanic|midwife|mum|mom|parent|vet|work|head|lead"
        r"|apprentice|electrician|support|coach|secretary|attorney|doctor|judge|priest|police)"
    ),
}


def named(words: str, kind: str | None, language: str) -> str | None:
    """Return what was told in a form that names it, None where the words are a fragment.

    >>> named("lähihoitajana", "occupation", "fi")
    'lähihoitaja'
    >>> named("in a shop", "occupation", "en") is None
    True
    """
    base = base_form(words, kind, language)
    last = base.casefold().rsplit(maxsplit=1)[-1:]
    if not last or _BEGINS.match(base.casefold()):
        return None
    if base == words and language == "fi" and _WHERE.fullmatch(last[0]):
        return None
    is_title = base != words or kind != "occupation" or _TITLES[language].fullmatch(last[0])
    return base if is_title else None
