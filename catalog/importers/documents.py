"""What an importer makes of a file: documents to store, and those it refuses or passes over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from catalog.models import ID_LENGTH

Texts = Mapping[str, str]
LONGEST_REASON = 500

# Ids stand in addresses and in payloads of buttons.
_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")


@dataclass(frozen=True)
class ProviderDocument:
    """A provider: by id, by its names, or both; an id alone refers to one that is stored.

    One that is `optional` may be unknown, and is left out then.
    """

    id: str | None = None
    names: Texts = field(default_factory=dict)
    municipality: str | None = None
    url: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class OfferingDocument:
    """One way to take an option; an `outline` only fills in what is not known yet.

    One that `is_at_provider` is in the provider's town where no other place is told.
    """

    id: str
    provider: ProviderDocument | None = None
    place: str | None = None
    modes: tuple[str, ...] = ()
    schedule: tuple[str, ...] = ()
    weekly_hours: float | None = None
    duration_months: float | None = None
    price_eur: float | None = None
    price_max_eur: float | None = None
    teaching_languages: tuple[str, ...] = ()
    apply_from: date | None = None
    apply_by: date | None = None
    continuous: bool = False
    admission: str | None = None
    starts: date | None = None
    url: str | None = None
    outline: bool = False
    is_at_provider: bool = False


@dataclass(frozen=True)
class SourceDocument:
    """Where a document came from, if that is not the file at hand."""

    name: str
    sample: bool
    read_on: date | None


@dataclass(frozen=True)
class OptionDocument:
    """A study option with its offerings.

    `manner` says what becomes of values that are stored already: `replace` puts the document's
    in their place, `refresh` does so where the document has a value, `fill` where none is stored.
    Offerings that the document does not name go, unless `all_offerings` is false.
    """

    id: str
    type: str
    titles: Texts
    offerings: tuple[OfferingDocument, ...]
    descriptions: Texts = field(default_factory=dict)
    outcomes: Texts = field(default_factory=dict)
    requirements: Texts = field(default_factory=dict)
    criteria: Texts = field(default_factory=dict)
    skills: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leads_to: Texts = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    field: str | None = None
    credits: float | None = None
    credits_min: float | None = None
    level: str | None = None
    education_required: str | None = None
    language_required: tuple[str, ...] = ()
    leads_to_level: str | None = None
    route_credits: float | None = None
    route_grade: str | None = None
    route_apply_by: date | None = None
    route_round: str | None = None
    funding: tuple[str, ...] = ()
    employing: bool | None = None
    source: SourceDocument | None = None
    manner: str = "replace"
    all_offerings: bool = True
    # Id of a stored option whose texts stand where this document has none of its own.
    based_on: str | None = None


@dataclass(frozen=True)
class OutlookDocument:
    """How work is found in a field and a region."""

    field: str
    region: str
    outlook: str
    source: str
    published: date
    valid_to: date


@dataclass(frozen=True)
class Refusal:
    """A document that was not imported, and the field to mend; `option` is its id, if known."""

    document: str
    field: str
    reason: str
    option: str | None = None

    def __post_init__(self) -> None:
        # Some reasons quote what was written, however long that is.
        object.__setattr__(self, "reason", shortened(self.reason))

    def __str__(self) -> str:
        return f"{self.document}: {self.field}: {self.reason}"


@dataclass(frozen=True)
class Skipped:
    """A sound document that is nothing for the catalogue."""

    document: str
    reason: str


Read = OptionDocument | ProviderDocument | OutlookDocument | Refusal | Skipped


class FieldError(Exception):
    """A field that cannot be read; the importer turns it into a refusal of its document."""

    def __init__(self, field: str, reason: str) -> None:
        reason = shortened(reason)
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def shortened(reason: str) -> str:
    """Return a reason that is short enough to be read."""
    return reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}…"


def is_safe_id(value: str, *, longest: int = ID_LENGTH) -> bool:
    """Say whether `value` may be the id of an option, an offering or a provider."""
    return len(value) <= longest and _SAFE_ID.fullmatch(value) is not None
