"""Read our own table of study options and of providers; docs/reference/catalog-csv.md tells all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.importers import values
from catalog.importers.documents import (
    FieldError,
    OfferingDocument,
    OptionDocument,
    ProviderDocument,
    Read,
    Refusal,
    SourceDocument,
    is_safe_id,
)
from catalog.importers.table import Row, RowError, check_header, read_row, read_table
from catalog.models import (
    DEGREE_LEVELS,
    EDUCATION,
    FUNDING,
    LANGUAGES,
    LEVELS,
    MODES,
    OFFERING_ID_LENGTH,
    ROUNDS,
    SCHEDULES,
    TYPES,
)

TEXT_COLUMNS = ("title", "description", "outcomes", "requirements", "criteria")
OPTION_COLUMNS = (
    "type",
    "field",
    *(f"{text}_{language}" for text in TEXT_COLUMNS for language in LANGUAGES),
    "keywords",
    "credits",
    "credits_min",
    "level",
    "education_required",
    "language_required",
    *(f"leads_to_{language}" for language in LANGUAGES),
    "leads_to_level",
    "route_credits",
    "route_grade",
    "route_apply_by",
    "route_round",
    "funding",
    "employing",
    "source",
    "source_read_on",
    "sample",
)
# The Finnish name of the degree, as files from before there were three names have it.
EARLIER_COLUMNS = ("leads_to_degree",)
PROVIDER_COLUMNS = (
    "provider",
    *(f"provider_{language}" for language in LANGUAGES),
    "provider_municipality",
    "provider_url",
)
OFFERING_COLUMNS = (
    "place",
    "modes",
    "schedule",
    "weekly_hours",
    "duration_months",
    "price_eur",
    "teaching_languages",
    "apply_from",
    "apply_by",
    "continuous",
    "starts",
    "url",
)
COLUMNS = ("id", *OPTION_COLUMNS, *PROVIDER_COLUMNS, "offering", *OFFERING_COLUMNS)
REQUIRED_COLUMNS = ("id", "type", "provider")
PROVIDER_FILE_COLUMNS = (
    "id",
    *(f"name_{language}" for language in LANGUAGES),
    "municipality",
    "url",
)

# Stands for a provider that the source does not name; an empty cell is one forgotten.
UNKNOWN = "-"

MOST_CREDITS = 400
MOST_HOURS_A_WEEK = 7 * 24
MOST_MONTHS = 120
MOST_EUROS = 1_000_000


def read_options(data: bytes, *, name: str, today: date) -> Iterator[Read]:
    """Read a file of options or of providers; `name` is the file's, for messages.

    Raises UserError before the first document where the file as a whole cannot be read.
    """
    header, lines = read_table(data, name)
    is_options = "type" in header
    columns = (*COLUMNS, *EARLIER_COLUMNS) if is_options else PROVIDER_FILE_COLUMNS
    check_header(header, columns, REQUIRED_COLUMNS if is_options else ("id",), name)

    rows_by_id: dict[str, list[Row]] = {}
    for line, cells in lines:
        row = read_row(header, line, cells)
        if len(cells) != len(header):
            reason = f"has {len(cells)} fields where the header has {len(header)}"
            yield Refusal(row.label, "row", reason, option=row.get("id") or None)
        elif not is_safe_id(row.get("id")):
            yield Refusal(f"line {line}", "id", _explain_id(row.get("id")))
        else:
            rows_by_id.setdefault(row.get("id"), []).append(row)
    for rows in rows_by_id.values():
        try:
            yield _option(rows, today) if is_options else _provider_of_file(rows)
        except RowError as error:
            yield Refusal(
                error.row.label, error.error.field, error.error.reason, option=rows[0].get("id")
            )


def _explain_id(text: str) -> str:
    if not text:
        return "is missing"
    return f"{text!r} has other characters than letters a-z, digits and . _ ~ -, or is too long"


def _option(rows: list[Row], today: date) -> OptionDocument:
    merged = _merge(rows)
    offerings: list[OfferingDocument] = []
    provider: ProviderDocument | None = None
    for number, row in enumerate(rows, start=1):
        try:
            provider = _provider(row, provider)
            offerings.append(_offering(row, number, provider, today))
        except FieldError as error:
            raise RowError(row, error) from error
    try:
        if not rows[0].get("provider"):
            raise FieldError("provider", "is missing")
        return _option_itself(merged, tuple(offerings), today)
    except FieldError as error:
        raise RowError(rows[0], error) from error


def _merge(rows: list[Row]) -> Row:
    """Return what the rows of an option say together about the option itself."""
    merged: dict[str, str] = {}
    for row in rows:
        for column in (*OPTION_COLUMNS, *EARLIER_COLUMNS):
            value = row.get(column)
            if value and merged.setdefault(column, value) != value:
                reason = "differs from what an earlier row of this id says"
                raise RowError(row, FieldError(column, reason))
    return Row(rows[0].line, {**merged, "id": rows[0].get("id")})


def _option_itself(
    row: Row, offerings: tuple[OfferingDocument, ...], today: date
) -> OptionDocument:
    titles = _texts(row, "title")
    if not titles:
        raise FieldError("title_fi", "is missing, and so are the other titles")
    credits_max = values.read_number("credits", row.get("credits"), at_most=MOST_CREDITS)
    credits_min = values.read_number("credits_min", row.get("credits_min"), at_most=MOST_CREDITS)
    if credits_min is not None and (credits_max is None or credits_min > credits_max):
        raise FieldError("credits_min", "is more than credits")
    type_ = values.read_choice("type", row.get("type"), TYPES)
    if type_ is None:
        raise FieldError("type", "is missing")
    return OptionDocument(
        id=row.get("id"),
        type=type_,
        titles=titles,
        offerings=offerings,
        descriptions=_texts(row, "description"),
        outcomes=_texts(row, "outcomes"),
        requirements=_texts(row, "requirements"),
        criteria=_texts(row, "criteria"),
        keywords=values.read_keywords(row.get("keywords")),
        field=values.read_field("field", row.get("field")),
        credits=credits_max,
        credits_min=credits_min,
        level=values.read_choice("level", row.get("level"), LEVELS),
        education_required=values.read_choice(
            "education_required", row.get("education_required"), EDUCATION
        ),
        language_required=values.read_language_levels(
            "language_required", row.get("language_required")
        ),
        leads_to=_degree(row),
        leads_to_level=values.read_choice(
            "leads_to_level", row.get("leads_to_level"), DEGREE_LEVELS
        ),
        route_credits=values.read_number(
            "route_credits", row.get("route_credits"), at_most=MOST_CREDITS
        ),
        route_grade=values.read_grade("route_grade", row.get("route_grade")),
        route_apply_by=values.read_date("route_apply_by", row.get("route_apply_by"), today=today),
        route_round=values.read_choice("route_round", row.get("route_round"), ROUNDS),
        funding=values.read_choices("funding", row.get("funding"), FUNDING),
        employing=values.read_yes_no("employing", row.get("employing")),
        source=_source(row, today),
    )


def _degree(row: Row) -> dict[str, str]:
    names = _texts(row, "leads_to")
    earlier = row.get("leads_to_degree")
    if earlier and names.setdefault("fi", earlier) != earlier:
        raise FieldError("leads_to_degree", "differs from leads_to_fi")
    return names


def _offering(
    row: Row, number: int, provider: ProviderDocument | None, today: date
) -> OfferingDocument:
    def number_of(column: str, at_most: float) -> float | None:
        return values.read_number(column, row.get(column), at_most=at_most)

    def date_of(column: str) -> date | None:
        return values.read_date(column, row.get(column), today=today)

    offering_id = row.get("offering") or f"{row.get('id')}-{number}"
    if not is_safe_id(offering_id, longest=OFFERING_ID_LENGTH):
        raise FieldError("offering", _explain_id(offering_id))
    offering = OfferingDocument(
        id=offering_id,
        provider=provider,
        place=values.read_place("place", row.get("place")),
        modes=values.read_choices("modes", row.get("modes"), MODES),
        schedule=values.read_choices("schedule", row.get("schedule"), SCHEDULES),
        weekly_hours=number_of("weekly_hours", MOST_HOURS_A_WEEK),
        duration_months=number_of("duration_months", MOST_MONTHS),
        price_eur=number_of("price_eur", MOST_EUROS),
        teaching_languages=values.read_choices(
            "teaching_languages", row.get("teaching_languages"), LANGUAGES
        ),
        apply_from=date_of("apply_from"),
        apply_by=date_of("apply_by"),
        continuous=values.read_yes_no("continuous", row.get("continuous")) or False,
        starts=date_of("starts"),
        url=values.read_address("url", row.get("url")),
    )
    if offering.continuous and offering.apply_by:
        raise FieldError("apply_by", "is given although `continuous` says that there is no end")
    if offering.apply_from and offering.apply_by and offering.apply_from > offering.apply_by:
        raise FieldError("apply_from", "is later than apply_by")
    return offering


def _provider(row: Row, earlier: ProviderDocument | None) -> ProviderDocument | None:
    names = _texts(row, "provider")
    text = row.get("provider")
    if not text or text == UNKNOWN:
        return None if text else earlier
    # An id is all small letters, as the providers' file has it; a name is not.
    is_id = bool(text) and is_safe_id(text) and text == text.lower()
    return ProviderDocument(
        id=text if is_id else None,
        names=names or ({} if is_id else {"fi": text}),
        municipality=values.read_place("provider_municipality", row.get("provider_municipality")),
        url=values.read_address("provider_url", row.get("provider_url")),
    )


def _provider_of_file(rows: list[Row]) -> ProviderDocument:
    if len(rows) > 1:
        raise RowError(rows[1], FieldError("id", f"is on line {rows[0].line} already"))
    row = rows[0]
    try:
        names = _texts(row, "name")
        if not names:
            raise FieldError("name_fi", "is missing, and so are the other names")
        if row.get("id") != row.get("id").lower():
            raise FieldError("id", "has capital letters")
        return ProviderDocument(
            id=row.get("id"),
            names=names,
            municipality=values.read_place("municipality", row.get("municipality")),
            url=values.read_address("url", row.get("url")),
        )
    except FieldError as error:
        raise RowError(row, error) from error


def _source(row: Row, today: date) -> SourceDocument | None:
    if not row.get("source"):
        return None
    return SourceDocument(
        name=row.get("source"),
        sample=values.read_yes_no("sample", row.get("sample")) or False,
        read_on=values.read_date("source_read_on", row.get("source_read_on"), today=today),
    )


def _texts(row: Row, column: str) -> dict[str, str]:
    texts = {language: row.get(f"{column}_{language}") for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text}
