"""Read how a toteutus is taught: mode, time, language, price, length, application and start."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

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
CONTINUOUS_APPLICATION = "03"
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
    apply_from, apply_by, continuous = _application(node, metadata, today)
    return OfferingDocument(
        id="",
        modes=_once(MODES[code] for code in mode_codes if code in MODES),
        schedule=_once(schedule),
        teaching_languages=_once(languages),
        duration_months=_duration_months(teaching),
        price_eur=_price_eur(teaching),
        apply_from=apply_from,
        apply_by=apply_by,
        continuous=continuous,
        starts=_start(teaching),
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _duration_months(teaching: Node) -> float | None:
    years = teaching.number("suunniteltuKestoVuodet") or 0
    months = teaching.number("suunniteltuKestoKuukaudet") or 0
    return years * 12 + months or None


def _price_eur(teaching: Node) -> float | None:
    """Return the price; None where it differs from person to person or is not told."""
    kinds = [kind for kind in teaching.strings("maksullisuustyypit") if isinstance(kind, str)]
    if teaching.text("maksullisuustyyppi"):
        kinds.append(teaching.text("maksullisuustyyppi"))
    amount = teaching.number("maksunMaara")
    if set(kinds) == {"maksuton"}:
        return 0
    return (amount or None) if set(kinds) == {"maksullinen"} else None


def _start(teaching: Node) -> date | None:
    start = teaching.node("koulutuksenAlkamiskausi")
    # Another kind names a term and a year, which is no day.
    if start.text("alkamiskausityyppi") != EXACT_START:
        return None
    return start.date("koulutuksenAlkamispaivamaara")


def _application(node: Node, metadata: Node, today: date) -> tuple[date | None, date | None, bool]:
    """Return the first and last day of applying that matter today, and whether it has no end."""
    if metadata.has("hakuaika"):
        period = metadata.node("hakuaika")
        return period.date("alkaa"), period.date("paattyy"), False
    periods: list[tuple[date | None, date | None]] = []
    for round_ in node.nodes("hakutiedot"):
        for target in round_.nodes("hakukohteet"):
            for period in target.nodes("hakuajat"):
                begins, ends = period.date("alkaa"), period.date("paattyy")
                if ends is None and round_.code("hakutapa") == CONTINUOUS_APPLICATION:
                    return begins, None, True
                periods.append((begins, ends))
    if not periods:
        return None, None, False
    periods.sort(key=lambda period: period[1] or date.max)
    ahead = (period for period in periods if (period[1] or date.max) >= today)
    begins, ends = next(ahead, periods[-1])
    return begins, ends, False
