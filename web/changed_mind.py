"""Words of one who no longer wants what was asked for, which the bot takes for other things.

It knows them as answers to its own questions: said while waiting for a coach, "jag ångrar mig" is
no cry for help, and "anna olla" no yes.
"""

from __future__ import annotations

import re

# Whoever writes more has something else to say, too.
LONGEST = 80
_WORDS = re.compile(
    # Finnish
    r"\b(muut|vaihd|vaiht)\w+ (mun |minun |mä )?miel|\bei sittenkään\b"
    r"|\ben\b[\w ]{0,12} (enää )?odot(a|taa|ella)\b|\b(peru|perun|perutaan|peruuta|peruutan)\b"
    r"|\b(anna|antaa|annetaan) olla\b|\bjatk(aa|an|etaan)\b[\w ]{0,12} (botin|opastimen|ilman)"
    # Swedish
    r"|\bångra(r|de|t)? mig\b|\binte (längre )?vänta\b|\bvänta(r)? inte\b|\bavbryt(er|a)?\b"
    r"|\bstrunta i det\b|\b(låt|vi låter) det (vara|bli)\b|\bglöm det\b"
    r"|\bfortsätt(a|er)?\b[\w ]{0,12} (botten|opastin|utan)"
    # English
    r"|\bchanged? my mind\b|\b(don't|do not|dont|can't|cannot|cant|won't)\b[\w ]{0,12} wait\b"
    r"|\bnot waiting\b|\bnever ?mind\b|\bcancel\b|\bforget (about )?it\b|\bleave it\b"
    r"|\b(go|carry) on (with|without) (the bot|opastin|a coach|them)\b",
    re.IGNORECASE,
)


def is_changed_mind(text: str) -> bool:
    """Say whether a short message takes a wish back.

    >>> is_changed_mind("en jaksa enää odottaa"), is_changed_mind("en jaksa enää")
    (True, False)
    """
    return len(text) <= LONGEST and _WORDS.search(text.replace("’", "'")) is not None
