"""Read how a toteutus is taught: mode, time, language, price, length, application and start."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from catalog.importers.documents import OfferingDocument
from catalog.importers.konfo import Node

MODES = {"1": "in_person", "2": "distance", "3": "online", "4": "blended"}
INDEPENDENT_STUDY = "5"
SCHEDULES = {
    "1": ("daytime",),
    "2": ("evening",),
    "3": ("weekend",),
    "4": ("daytime", "evening"),
    "5": ("own_pace",),
}
TEACHING_LANGUAGES = {"1": ("fi",), "2": ("sv",), "3": ("fi", "sv"), "4": ("en",)}
# Joint and separate application end on a day; continuous and flexible ones need not.
FIXED_APPLICATION = frozenset({"01", "02"})
CONTINUOUS_APPLICATION = frozenset({"03", "04"})
# What the toteutus itself calls applying: one who enrols gets a place while there are some.
ADMISSIONS = {"ilmoittautuminen": "enrolment_order", "hakeutuminen": "fixed"}
EXACT_START = "tarkka alkamisajankohta"


def read_teaching(node: Node, *, today: date) -> OfferingDocument:
    """Return an offering without id, provider, place and address."""
    metadata = node.node("metadata")
    teaching = metadata.node("opetus")
    mode_codes = teaching.codes("opetustapa")
    schedule = [
        schedule for code in teaching.codes("opetusaika") for schedule in SCHEDULES.get(code, ())
    ]
    if INDEPENDENT_STUDY in mode_codes:
        schedule.append("own_pace")
    languages = [
        language
        for code in teaching.codes("opetuskieli")
        for language in TEACHING_LANGUAGES.get(code, ())
    ]
    price, price_max = _price_eur(teaching)
    return OfferingDocument(
        id="",
        modes=_once(MODES[code] for code in mode_codes if code in MODES),
        schedule=_once(schedule),
        teaching_languages=_once(languages),
        duration_months=_duration_months(teaching),
        price_eur=price,
        price_max_eur=price_max,
        starts=_start(teaching),
        **_application(node, metadata, today),
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _duration_months(teaching: Node) -> float | None:
    years = teaching.number("suunniteltuKestoVuodet") or 0
    months = teaching.number("suunniteltuKestoKuukaudet") or 0
    return years * 12 + months or None


def _price_eur(teaching: Node) -> tuple[float | None, float | None]:
    """Return the price and the upper end of a range; None where it is not told."""
    kinds = {kind for kind in teaching.strings("maksullisuustyypit") if isinstance(kind, str)}
    if teaching.text("maksullisuustyyppi"):
        kinds.add(teaching.text("maksullisuustyyppi"))
    amount = teaching.number("maksunMaara") or None
    if kinds == {"maksuton"}:
        return 0, None
    if kinds == {"maksullinen"}:
        return amount, None
    # Free for some and not for others; a fee for the year is for those from outside Europe.
    return (0, amount) if amount and kinds == {"maksuton", "maksullinen"} else (None, None)


def _start(teaching: Node) -> date | None:
    start = teaching.node("koulutuksenAlkamiskausi")
    # Another kind names a term and a year, which is no day.
    if start.text("alkamiskausityyppi") != EXACT_START:
        return None
    return start.date("koulutuksenAlkamispaivamaara")


def _application(node: Node, metadata: Node, today: date) -> dict[str, Any]:
    """Return the first and last day of applying that matter today, and how places are given."""
    if metadata.has("hakuaika"):
        period = metadata.node("hakuaika")
        begins, ends = period.date("alkaa"), period.date("paattyy")
        admission = ADMISSIONS.get(metadata.text("hakutermi"))
        if admission == "fixed" and ends is None:
            admission = None
        return {"apply_from": begins, "apply_by": ends, "admission": admission}
    periods: list[tuple[date | None, date | None, str | None]] = []
    for round_ in node.nodes("hakutiedot"):
        kind = round_.code("hakutapa")
        for target in round_.nodes("hakukohteet"):
            for period in target.nodes("hakuajat"):
                begins, ends = period.date("alkaa"), period.date("paattyy")
                if ends is None and kind in CONTINUOUS_APPLICATION:
                    return {"apply_from": begins, "continuous": True, "admission": "continuous"}
                is_fixed = ends is not None and kind in FIXED_APPLICATION
                periods.append((begins, ends, "fixed" if is_fixed else None))
    if not periods:
        return {"admission": _admission_without_dates(metadata)}
    periods.sort(key=lambda period: period[1] or date.max)
    ahead = (period for period in periods if (period[1] or date.max) >= today)
    begins, ends, admission = next(ahead, periods[-1])
    return {"apply_from": begins, "apply_by": ends, "admission": admission}


def _admission_without_dates(metadata: Node) -> str | None:
    found = ADMISSIONS.get(metadata.text("hakutermi"))
    return found if found == "enrolment_order" else None
