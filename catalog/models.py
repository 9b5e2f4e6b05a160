"""Tables of the catalogue: what there is to study, by whom, where and when."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, declarative_base, relationship
from sqlalchemy.orm.collections import attribute_mapped_collection
from sqlalchemy.types import TypeDecorator

LANGUAGES = ("fi", "sv", "en")
TYPES = (
    "open_university_path",
    "path_studies",
    "micro_credential",
    "study_package",
    "course",
    "skill_badge",
)
MODES = ("in_person", "blended", "online", "distance")
SCHEDULES = ("daytime", "evening", "weekend", "own_pace")
LEVELS = ("basic", "upper_secondary", "bachelor", "master")
EDUCATION = ("none", "basic", "vocational", "general_upper", "bachelor", "master")
DEGREE_LEVELS = ("bachelor", "master")
# How one applies for the degree at the end of a route.
ROUNDS = ("joint_spring", "joint_autumn", "separate", "continuous")
# How places are given: at any time, at the end of a period, or to those who enrol first.
ADMISSIONS = ("continuous", "fixed", "enrolment_order")
FUNDING = ("jotpa", "employment_training", "free_for_all")
LANGUAGE_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
OUTLOOKS = ("shortage", "balance", "oversupply")

ID_LENGTH = 100
OFFERING_ID_LENGTH = 200

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Base = declarative_base(metadata=metadata)


class Words(TypeDecorator):  # type: ignore[type-arg]
    """A tuple of words, none of which holds a semicolon, in one text column."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else ";".join(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        return tuple(value.split(";")) if value else ()


class Field(Base):
    """A field of education, carried over from the packaged classification."""

    __tablename__ = "fields"

    code: Mapped[str] = Column(String(4), primary_key=True)
    level: Mapped[int] = Column(Integer, nullable=False)
    name_fi: Mapped[str] = Column(Text, nullable=False)
    name_sv: Mapped[str] = Column(Text, nullable=False)
    name_en: Mapped[str] = Column(Text, nullable=False)


class Place(Base):
    """A municipality or a region with the position of its main town, carried over likewise."""

    __tablename__ = "places"

    code: Mapped[str] = Column(String(20), primary_key=True)
    kind: Mapped[str] = Column(String(20), nullable=False)
    name_fi: Mapped[str] = Column(Text, nullable=False)
    name_sv: Mapped[str] = Column(Text, nullable=False)
    name_en: Mapped[str] = Column(Text, nullable=False)
    region = Column(String(20), ForeignKey("places.code"), index=True)
    latitude: Mapped[float] = Column(Float, nullable=False)
    longitude: Mapped[float] = Column(Float, nullable=False)


class Provider(Base):
    """A school or another body that offers studies; at least one name is known."""

    __tablename__ = "providers"

    id: Mapped[str] = Column(String(ID_LENGTH), primary_key=True)
    name_fi = Column(Text)
    name_sv = Column(Text)
    name_en = Column(Text)
    municipality = Column(String(20), ForeignKey("places.code"))
    url = Column(Text)


class Source(Base):
    """Where options were read from."""

    __tablename__ = "sources"

    name: Mapped[str] = Column(String(ID_LENGTH), primary_key=True)
    sample: Mapped[bool] = Column(Boolean(name="sample"), nullable=False, default=False)
    read_on: Mapped[date] = Column(Date, nullable=False)
    # Tells whether the packaged sample has changed since it was loaded.
    checksum = Column(String(64))


class StudyOption(Base):
    """Something to study, in its own words; its offerings say who runs it, where and when."""

    __tablename__ = "study_options"

    id: Mapped[str] = Column(String(ID_LENGTH), primary_key=True)
    type: Mapped[str] = Column(String(40), nullable=False, index=True)
    # The code as the source gave it may be longer than the classification knows.
    field = Column(String(4), index=True)
    known_field = Column(String(4), ForeignKey("fields.code"))
    keywords: Mapped[tuple[str, ...]] = Column(Words, nullable=False, default=())
    # With a range of credits, `credits` is its upper end and `credits_min` the lower.
    credits = Column(Float)
    credits_min = Column(Float)
    level = Column(String(20))
    education_required = Column(String(20))
    # A word of a language and a level: "fi:B1".
    language_required: Mapped[tuple[str, ...]] = Column(Words, nullable=False, default=())
    leads_to_fi = Column(Text)
    leads_to_sv = Column(Text)
    leads_to_en = Column(Text)
    leads_to_level = Column(String(20))
    # What the degree asks of one who comes by this route: credits, their grade, and until when.
    route_credits = Column(Float)
    route_grade = Column(Text)
    route_apply_by = Column(Date)
    route_round = Column(String(20))
    funding: Mapped[tuple[str, ...]] = Column(Words, nullable=False, default=())
    employing = Column(Boolean(name="employing"))
    source_name: Mapped[str] = Column(
        String(ID_LENGTH), ForeignKey("sources.name"), nullable=False, index=True
    )
    read_on: Mapped[date] = Column(Date, nullable=False)
    # When the source was first seen without it; a saved option stays, and says that it has ended.
    withdrawn_on = Column(Date)

    source: Mapped[Source] = relationship(Source)
    texts: Mapped[dict[str, OptionText]] = relationship(
        "OptionText",
        collection_class=attribute_mapped_collection("language"),
        cascade="all, delete-orphan",
    )
    offerings: Mapped[list[Offering]] = relationship(
        "Offering", cascade="all, delete-orphan", order_by="Offering.position"
    )


class OptionText(Base):
    """The words of a study option in one language."""

    __tablename__ = "option_texts"

    option_id: Mapped[str] = Column(
        String(ID_LENGTH), ForeignKey("study_options.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = Column(String(2), primary_key=True)
    title = Column(Text)
    description = Column(Text)
    outcomes = Column(Text)
    requirements = Column(Text)
    # How what was learnt is assessed, as badges say it.
    criteria = Column(Text)
    # Names of what one is able to do afterwards.
    skills: Mapped[tuple[str, ...]] = Column(Words, nullable=False, default=())


class Offering(Base):
    """One way to take a study option; None everywhere means "not known"."""

    __tablename__ = "offerings"

    option_id: Mapped[str] = Column(
        String(ID_LENGTH), ForeignKey("study_options.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = Column(String(OFFERING_ID_LENGTH), primary_key=True)
    position: Mapped[int] = Column(Integer, nullable=False)
    provider_id = Column(String(ID_LENGTH), ForeignKey("providers.id"), index=True)
    place = Column(String(20), ForeignKey("places.code"), index=True)
    modes: Mapped[tuple[str, ...]] = Column(Words, nullable=False, default=())
    schedule: Mapped[tuple[str, ...]] = Column(Words, nullable=False, default=())
    weekly_hours = Column(Float)
    duration_months = Column(Float)
    # Free is 0; with a range, `price_eur` is its lower end and `price_max_eur` the upper.
    price_eur = Column(Float)
    price_max_eur = Column(Float)
    teaching_languages: Mapped[tuple[str, ...]] = Column(Words, nullable=False, default=())
    apply_from = Column(Date)
    apply_by = Column(Date, index=True)
    continuous: Mapped[bool] = Column(Boolean(name="continuous"), nullable=False, default=False)
    admission = Column(String(20))
    starts = Column(Date)
    url = Column(Text)

    provider = relationship(Provider, uselist=False)


class SearchEntry(Base):
    """The number that stands for an option in the index of terms."""

    __tablename__ = "search_entries"

    number: Mapped[int] = Column(Integer, primary_key=True)
    option_id: Mapped[str] = Column(
        String(ID_LENGTH),
        ForeignKey("study_options.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    )


class SearchState(Base):
    """One row: a token of the state that search sees, and the version of the stored terms."""

    __tablename__ = "search_state"

    id: Mapped[int] = Column(Integer, primary_key=True, autoincrement=False)
    revision: Mapped[str] = Column(String(32), nullable=False)
    terms_version: Mapped[int] = Column(Integer, nullable=False)


class OptionVector(Base):
    """What an option is about, as a sentence vector, and of which text it was made."""

    __tablename__ = "option_vectors"

    option_id: Mapped[str] = Column(
        String(ID_LENGTH), ForeignKey("study_options.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[bytes] = Column(LargeBinary, nullable=False)
    vector: Mapped[bytes] = Column(LargeBinary, nullable=False)


class FieldOutlook(Base):
    """How work is found in a field and a region, as a source saw it, until the day it holds."""

    __tablename__ = "outlooks"

    field: Mapped[str] = Column(String(4), primary_key=True)
    region: Mapped[str] = Column(String(20), ForeignKey("places.code"), primary_key=True)
    # The sample's rows stand beside real ones and never in their place.
    sample: Mapped[bool] = Column(Boolean(name="sample"), primary_key=True)
    outlook: Mapped[str] = Column(String(20), nullable=False)
    source: Mapped[str] = Column(Text, nullable=False)
    published: Mapped[date] = Column(Date, nullable=False)
    valid_to: Mapped[date] = Column(Date, nullable=False)
