"""Something to mend in a study option: what kinds there are, how bad, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING, NOTE = LEVELS = ("error", "warning", "note")


@dataclass(frozen=True)
class Kind:
    """A kind of mistake: how bad it is, and in a sentence what mends it."""

    level: str
    mend: str


@dataclass(frozen=True)
class Finding:
    """A mistake in one option: its kind, the field, what stands there, and in which offering."""

    kind: str
    field: str
    detail: str
    offering: str | None = None


KINDS = {
    "all_closed": Kind(
        ERROR, "Give a new application period or withdraw them: all is closed, nobody is shown them"
    ),
    "no_offering": Kind(ERROR, "Add an offering: without one nobody is shown them"),
    "no_title": Kind(ERROR, "Give them a title in at least one language"),
    "unknown_code": Kind(ERROR, "Use a code that the field knows"),
    "impossible_dates": Kind(ERROR, "Mend the dates, which cannot all be right"),
    "distant_date": Kind(ERROR, "Mend the dates that lie many years away"),
    "impossible_price": Kind(
        ERROR, "Mend the prices: the upper end of a range must be above the lower one"
    ),
    "empty_text": Kind(ERROR, "Write the texts in which there is not one word, or leave them out"),
    "placeholder": Kind(ERROR, "Write the texts for which something only holds the place"),
    "markup": Kind(ERROR, "Take the HTML out of the texts"),
    "duplicate": Kind(WARNING, "Keep one of those that come from two sources"),
    "no_place": Kind(
        WARNING,
        "Say where they are taught or that they are online: whoever names a place hardly "
        "finds them",
    ),
    "closed_offering": Kind(WARNING, "Give a new application period to what has closed"),
    "no_deadline": Kind(
        WARNING, "Give the last day to apply, or say that one can begin at any time"
    ),
    "fixed_without_dates": Kind(
        WARNING, "Give the application period of what is said to have a fixed one"
    ),
    "doubtful_price": Kind(
        WARNING, "Check the prices that are very high or whose range is very wide"
    ),
    "started": Kind(
        WARNING, "Give the last day to apply: the start has passed, yet they count as open"
    ),
    "no_credits": Kind(WARNING, "Give the credits"),
    "no_price": Kind(WARNING, "Give the price, 0 where it is free"),
    "no_teaching_language": Kind(WARNING, "Say in which languages they are taught"),
    "no_field": Kind(WARNING, "Give the field of study, by which people search"),
    "no_provider": Kind(WARNING, "Say who offers them"),
    "no_description": Kind(WARNING, "Describe them"),
    "untitled_language": Kind(WARNING, "Give a title in each language that has other texts"),
    "language_without_text": Kind(WARNING, "Give a title in the languages that they are taught in"),
    "same_text": Kind(WARNING, "Translate the texts that are the same in all languages"),
    "same_title": Kind(NOTE, "Check the titles that are the same in all languages"),
    "not_translated": Kind(NOTE, "Add titles in the languages that have none"),
    "no_url": Kind(NOTE, "Add the address of the page where one applies"),
}
