"""Read our own table of study options and of providers; docs/reference/catalog-csv.md tells all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from catalog.importers import values
from catalog.importers.columns import OFFERING_READERS, OPTION_READERS, read_columns
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
from catalog.importers.plain_text import clean_line
from catalog.importers.prices import price_range
from catalog.importers.skills import known_skills, skills_of
from catalog.importers.table import Lines, Row, RowError, check_header, read_row, row_problem
from catalog.models import LANGUAGES, OFFERING_ID_LENGTH, TYPES

TEXT_COLUMNS = ("title", "description", "outcomes", "requirements", "criteria", "skills")
OPTION_COLUMNS = (
    "type",
    *(f"{text}_{language}" for text in TEXT_COLUMNS for language in LANGUAGES),
    *OPTION_READERS,
    *(f"leads_to_{language}" for language in LANGUAGES),
    "source",
    "source_read_on",
    "sample",
)
# The Finnish name of the degree, as files from before there were three names have it.
EARLIER_COLUMNS = ("leads_to_degree",)
_OF_OPTION = frozenset((*OPTION_COLUMNS, *EARLIER_COLUMNS))
PROVIDER_COLUMNS = (
    "provider",
    *(f"provider_{language}" for language in LANGUAGES),
    "provider_municipality",
    "provider_url",
)
OFFERING_COLUMNS = tuple(OFFERING_READERS)
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


def read_options(data: bytes, *, name: str, today: date) -> Iterator[Read]:
    """Read a file of options or of providers; `name` is the file's, for messages.

    Raises UserError before the first document where the file as a whole cannot be read.
    """
    lines = Lines(data, name)
    header = lines.header()
    is_options = "type" in header
    columns = (*COLUMNS, *EARLIER_COLUMNS) if is_options else PROVIDER_FILE_COLUMNS
    check_header(header, columns, REQUIRED_COLUMNS if is_options else ("id",), name)

    # Which rows are of one id is known before any is read, so that none waits longer than it must.
    waited = _count_ids(header, lines)
    rows_by_id: dict[str, list[Row]] = {}
    for line, cells in lines:
        problem = row_problem(header, cells)
        row = read_row(header, line, cells)
        id_ = row.get("id")
        if problem:
            known = id_ if is_safe_id(id_) else None
            label = row.label if known else f"line {line}"
            yield Refusal(label, problem.field, problem.reason, option=known)
        elif not is_safe_id(id_):
            yield Refusal(f"line {line}", "id", _explain_id(id_))
        else:
            rows_by_id.setdefault(id_, []).append(row)
            if len(rows_by_id[id_]) == waited[id_]:
                yield _read(rows_by_id.pop(id_), is_options, today)


def _count_ids(header: list[str], lines: Lines) -> Counter[str]:
    column = header.index("id")
    return Counter(
        clean_line(cells[column]) for _, cells in lines if not row_problem(header, cells)
    )


def _read(rows: list[Row], is_options: bool, today: date) -> Read:
    try:
        return _option(rows, today) if is_options else _provider_of_file(rows)
    except RowError as error:
        return Refusal(
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
    if len(rows) == 1:
        return rows[0]
    merged: dict[str, str] = {}
    for row in rows:
        for column, value in row.cells.items():
            is_of_option = column in _OF_OPTION and value
            if is_of_option and merged.setdefault(column, value) != value:
                reason = "differs from what an earlier row of this id says"
                raise RowError(row, FieldError(column, reason))
    return Row(rows[0].line, {**merged, "id": rows[0].get("id")})


def _option_itself(
    row: Row, offerings: tuple[OfferingDocument, ...], today: date
) -> OptionDocument:
    titles = _texts(row, "title")
    if not titles:
        raise FieldError("title_fi", "is missing, and so are the other titles")
    about = read_columns(OPTION_READERS, row.cells.get, today=today)
    if about["credits_min"] is not None and about["credits_min"] > (about["credits"] or 0):
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
        skills=_skills(row),
        leads_to=_degree(row),
        source=_source(row, today),
        **about,
    )


def _skills(row: Row) -> dict[str, tuple[str, ...]]:
    texts = _texts(row, "skills").items()
    return known_skills({language: skills_of(values.read_list(text)) for language, text in texts})


def _degree(row: Row) -> dict[str, str]:
    names = _texts(row, "leads_to")
    earlier = row.get("leads_to_degree")
    if earlier and names.setdefault("fi", earlier) != earlier:
        raise FieldError("leads_to_degree", "differs from leads_to_fi")
    return names


def _offering(
    row: Row, number: int, provider: ProviderDocument | None, today: date
) -> OfferingDocument:
    offering_id = row.get("offering") or f"{row.get('id')}-{number}"
    if not is_safe_id(offering_id, longest=OFFERING_ID_LENGTH):
        raise FieldError("offering", _explain_id(offering_id))
    about = read_columns(OFFERING_READERS, row.cells.get, today=today)
    about["price_eur"], about["price_max_eur"] = price_range(
        "price_max_eur", about["price_eur"], about["price_max_eur"]
    )
    _check_dates(about)
    return OfferingDocument(id=offering_id, provider=provider, **about)


def _check_dates(about: dict[str, Any]) -> None:
    """Refuse dates that contradict what is said of the application, or each other."""
    begins, ends = about["apply_from"], about["apply_by"]
    if about["admission"] == "continuous":
        about["continuous"] = True
    if about["continuous"] and about["admission"] == "fixed":
        raise FieldError("admission", "is `fixed` although `continuous` says that there is no end")
    if about["continuous"] and ends:
        raise FieldError("apply_by", "is given although `continuous` says that there is no end")
    if begins and ends and begins > ends:
        raise FieldError("apply_from", "is later than apply_by")


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
    cells, names = row.cells, _COLUMN_NAMES[column]
    return {language: text for language, name in names if (text := cells.get(name))}


# By what is told in each language; rows are asked by the million.
_COLUMN_NAMES = {
    text: tuple((language, f"{text}_{language}") for language in LANGUAGES)
    for text in (*TEXT_COLUMNS, "leads_to", "provider", "name")
}
