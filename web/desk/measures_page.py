"""What the page of measures is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from coaching.measure_report import Report
from coaching.measures import Figures, Table
from web.desk.charts import bar, columns
from web.desk.measure_names import Names
from web.desk.measure_wishes import Wishes
from web.desk.measures_form import filters
from web.desk.parts import table
from web.desk.session import DESK
from web.markup import Content, build

FIGURES = ("success", "messages", "not_understood", "handed_over", "wait", "rating")
KEY_FIGURES = ("conversations", "success", "messages", "handed_over", "wait", "rating")
DEFINED = (
    "conversations",
    "success",
    "messages",
    "handed_over",
    "wait",
    "not_understood",
    "rating",
)


def body(
    names: Names, report: Report, wishes: Wishes, teams: Mapping[int, str], *, address: str
) -> Iterator[Content]:
    """Yield the page's content: the form, and the figures where there are enough."""
    yield build("p", names.span("measures.lead", report.scope), class_="lead")
    yield filters(names, wishes, teams, address)
    yield build("p", names.text("note"), class_="small")
    if report.is_empty:
        yield build("p", names.text("too_few"), class_="news", role="status")
    else:
        yield from _figures(names, report, teams)
    yield _section(names, "demand", *_demand(names, report))
    yield _section(names, "how", _definitions(names))


def _figures(names: Names, report: Report, teams: Mapping[int, str]) -> Iterator[Element]:
    weeks = {names.week(week): found.conversations for week, found in report.weeks.groups.items()}
    hidden = "–"
    yield _section(names, "key", _key(names, report.weeks.total))
    yield _section(
        names,
        "weeks",
        columns(weeks, title=names.text("weeks.chart"), hidden=hidden),
        _groups(names, "weeks", report.weeks, names.week),
    )
    yield _section(names, "steps", _counts(names, "steps", report.steps))
    for name, shown in (("channels", report.channels), ("languages", report.languages)):
        yield _section(names, name, _groups(names, name, shown, names.among(name)))
    yield _section(names, "places", _groups(names, "places", report.places, names.place))
    if teams:
        yield _section(names, "teams", _groups(names, "teams", report.teams, names.team))
    ratings = _counts(names, "ratings", report.ratings, head="answers")
    yield _section(names, "ratings", ratings)
    yield _section(names, "waits", *_waits(names, report))
    yield _section(names, "questions", _questions(names, report))
    yield _section(names, "not_understood", *_not_understood(names, report))


def _key(names: Names, total: Figures) -> Element:
    told = {"conversations": names.number(total.conversations), **_told(names, total)}
    return build(
        "ul",
        *(
            build(
                "li",
                build("strong", told[name] or _hidden(names)),
                " ",
                build("span", names.text(f"key.{name}")),
            )
            for name in KEY_FIGURES
        ),
        class_="key",
    )


def _groups(names: Names, name: str, shown: Table, call: Callable[[str], str]) -> Element:
    largest = max((found.conversations or 0 for found in shown.groups.values()), default=0)
    heads = [names.text(f"{name}.head"), *map(_head(names), ("conversations", *FIGURES))]
    rows: list[list[Content]] = [
        [
            call(code),
            _bar(names, found.conversations, largest),
            *(_told(names, found)[figure] or _hidden(names) for figure in FIGURES),
        ]
        for code, found in shown.groups.items()
    ]
    return table(names.text(f"{name}.caption"), heads, rows)


def _counts(
    names: Names, name: str, counts: Mapping[str, int | None], *, head: str = "conversations"
) -> Element:
    largest = max((number or 0 for number in counts.values()), default=0)
    rows: list[list[Content]] = [
        [names.group(name, code), _bar(names, number, largest)] for code, number in counts.items()
    ]
    heads = [names.text(f"{name}.head"), _head(names)(head)]
    return table(names.text(f"{name}.caption"), heads, rows)


def _questions(names: Names, report: Report) -> Element:
    if not report.questions:
        return build("p", names.text("questions.none"))
    largest = max(report.questions.values())
    rows: list[list[Content]] = [
        [names.group("intents", code), _bar(names, number, largest)]
        for code, number in report.questions.items()
    ]
    heads = [names.text("questions.head"), _head(names)("conversations")]
    return table(names.text("questions.caption"), heads, rows)


def _waits(names: Names, report: Report) -> Iterator[Element]:
    waits = report.waits
    if waits.counted is None:
        yield build("p", names.text("waits.none"))
        return
    middle = names.minutes(waits.middle)
    yield build("p", names.text("waits.told", count=names.number(waits.counted), middle=middle))
    if waits.nine_in_ten is not None:
        yield build("p", names.text("waits.late", late=names.minutes(waits.nine_in_ten)))


def _not_understood(names: Names, report: Report) -> Iterator[Element]:
    share = names.percent(report.weeks.total.not_understood)
    if share is None:
        yield build("p", names.text("not_understood.unknown"))
        return
    yield build("p", names.text("not_understood.told", percent=share))
    yield build("p", build("a", names.text("not_understood.link"), href=f"{DESK}/reviews"))


def _demand(names: Names, report: Report) -> Iterator[Element]:
    if not report.demand:
        yield build("p", names.text("demand.none"))
        return
    rows: list[list[Content]] = []
    for one in sorted(report.demand, key=lambda one: (not one.place, names.place(one.place))):
        place = names.unmet_place(one.place)
        rows.append([place, names.text("demand.all"), str(one.total)])
        rows += [[place, names.field(code), str(band)] for code, band in one.fields.items()]
    heads = [names.text("demand.head"), names.text("demand.field"), _head(names)("demand")]
    yield build("p", names.text("demand.note"), class_="small")
    yield table(names.text("demand.caption"), heads, rows)


def _definitions(names: Names) -> Element:
    return build(
        "dl",
        *(
            part
            for name in DEFINED
            for part in (
                build("dt", names.text(f"how.{name}")),
                build("dd", names.text(f"how.{name}_how")),
            )
        ),
    )


def _told(names: Names, figures: Figures) -> dict[str, str | None]:
    return {
        "success": names.percent(figures.success),
        "handed_over": names.percent(figures.handed_over),
        "not_understood": names.percent(figures.not_understood),
        "messages": names.number(figures.messages),
        "wait": names.minutes(figures.wait),
        "rating": names.number(figures.rating),
    }


def _bar(names: Names, value: int | None, largest: int) -> Element:
    shown = _hidden(names) if value is None else build("span", names.number(value))
    return build("span", shown, bar(value, largest), class_="measured")


def _hidden(names: Names) -> Element:
    word = build("span", names.text("hidden"), class_="for-readers")
    return build("span", build("span", "–", aria_hidden="true"), word)


def _head(names: Names) -> Callable[[str], str]:
    return lambda figure: names.text(f"heads.{figure}")


def _section(names: Names, name: str, *content: Content) -> Element:
    return build("section", build("h2", names.text(f"{name}.title")), *content)
