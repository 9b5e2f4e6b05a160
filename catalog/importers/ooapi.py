"""Read courses, programmes and their offerings as the Open Education API (version 5) gives them.

Organisations, courses and programmes of a file are read before its offerings, whichever comes
first in it, since an offering tells only what differs from its course.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from catalog.fields import is_field
from catalog.importers import ooapi_words as words
from catalog.importers.documents import (
    FieldError,
    OfferingDocument,
    OptionDocument,
    Read,
    Refusal,
    Skipped,
    Texts,
    is_safe_id,
)
from catalog.importers.json_stream import JsonStream, decode
from catalog.importers.konfo import Node
from catalog.importers.named_types import type_named_in
from catalog.importers.ooapi_offerings import organization_of, realisation_of, stand_in_of
from catalog.importers.skills import listed_skills
from catalog.importers.updates import stand_in_id
from catalog.importers.yaml_documents import read_yaml
from opastin.errors import UserError

NOT_AN_OPTION = "not a study option type"
DEGREES = frozenset({"ad", "ba", "bsc", "llb", "ma", "msc", "llm", "phd"})
ROOT_KINDS = ("organization", "course", "program")
ALL_KINDS = ("offering", *ROOT_KINDS)


def read_options(data: bytes, *, name: str, today: date) -> Iterator[Read]:
    """Read a document, a list of them or a page of an answer (`items`), as JSON or YAML.

    Raises UserError where the file as a whole cannot be read.
    """
    yield from _Reader(decode(data, name), name).read()


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        # What offerings take over from the course that stands in the same file.
        self._courses: dict[str, tuple[OfferingDocument, Texts]] = {}
        self._refused: set[str] = set()

    def read(self) -> Iterator[Read]:
        documents = self._documents()
        for number, value in enumerate(documents, start=1):
            yield from self._take(value, f"document {number}", self._root)
        for number, value in enumerate(documents, start=1):
            if _kind(value) == "offering":
                yield from self._take(value, f"document {number}", self._offering)

    def _documents(self) -> Iterable[Any]:
        if not self._text.strip():
            raise UserError(f"{self._name} is empty.")
        is_yaml = self._name.casefold().endswith((".yaml", ".yml"))
        if is_yaml or self._text.lstrip()[:1] not in ("[", "{"):
            return list(read_yaml(self._text, self._name, key="items"))
        return JsonStream(self._text, self._name, key="items")

    def _take(
        self, value: Any, label: str, read: Callable[[Node], Iterator[Read]]
    ) -> Iterator[Read]:
        kind = _kind(value)
        if kind is None:
            missing = "courseId", "is missing, and so are programId and offeringId"
            yield Refusal(label, *(missing if isinstance(value, dict) else _NO_OBJECT))
            return
        oid = value[f"{kind}Id"]
        if isinstance(oid, str) and is_safe_id(oid):
            label = oid
        try:
            yield from read(Node(value))
        except FieldError as error:
            self._refused.add(label)
            yield Refusal(label, error.field, error.reason, option=_option_of(value, kind))

    def _root(self, node: Node) -> Iterator[Read]:
        kind = _kind_of(node)
        if kind == "organization":
            yield organization_of(node)
        elif kind in ("course", "program"):
            yield self._course(node, kind)

    def _course(self, node: Node, kind: str) -> Read:
        option_id = words.read_id(node, f"{kind}Id")
        names = words.titles(node, "name")
        if not names:
            raise FieldError(node.path("name"), "is missing in Finnish, Swedish and English")
        if kind == "program" and _is_degree(node):
            return Skipped(option_id, NOT_AN_OPTION)
        stand_in = stand_in_of(node, option_id)
        self._courses[option_id] = stand_in, names
        otherwise = "course" if kind == "course" else "study_package"
        outcomes = words.texts(node, "learningOutcomes")
        return OptionDocument(
            id=option_id,
            type=type_named_in(names.values(), otherwise=otherwise),
            titles=names,
            offerings=(stand_in,),
            descriptions=words.texts(node, "description"),
            outcomes=outcomes,
            skills=listed_skills(outcomes),
            requirements=words.texts(node, "admissionRequirements"),
            field=_field(node),
            credits=words.credits(node),
            level=words.level(node),
            manner="refresh",
            all_offerings=False,
        )

    def _offering(self, node: Node) -> Iterator[Read]:
        kind = next((kind for kind in ("course", "program") if node.has(kind)), None)
        if kind is None:
            if node.has("component"):
                yield Skipped(words.read_id(node, "offeringId"), NOT_AN_OPTION)
                return
            raise FieldError(node.path("course"), "is missing, and so is program")
        option_id = words.read_id(node, kind)
        whole = node.value(kind)
        if isinstance(whole, dict) and option_id not in self._courses:
            document = self._course(Node(whole, node.path(kind)), kind)
            yield document
            if isinstance(document, Skipped):
                return
        if option_id in self._refused:
            raise FieldError(node.path(kind), "was refused itself")
        unknown = OfferingDocument(id=stand_in_id(option_id)), words.titles(node, "name")
        # A course has a name of its own; that of a term's offering must not take its place.
        known, names = self._courses.get(option_id, unknown)
        offering = realisation_of(node, known)
        if not names:
            raise FieldError(node.path("name"), "is missing in Finnish, Swedish and English")
        yield OptionDocument(
            id=option_id,
            type="course" if kind == "course" else "study_package",
            titles=names,
            offerings=(offering,),
            manner="fill",
            all_offerings=False,
        )


_NO_OBJECT = ("document", "is not an object")


def _kind(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    return next((kind for kind in ALL_KINDS if value.get(f"{kind}Id") is not None), None)


def _option_of(value: dict[str, Any], kind: str) -> str | None:
    """Return the id of the option that a document is about, as far as that can be read."""
    if kind == "offering":
        whole = value.get("course") or value.get("program")
        oid = whole.get("courseId") or whole.get("programId") if isinstance(whole, dict) else whole
    else:
        oid = value.get(f"{kind}Id")
    return oid if isinstance(oid, str) else None


def _kind_of(node: Node) -> str | None:
    return next((kind for kind in ALL_KINDS if node.has(f"{kind}Id")), None)


def _is_degree(node: Node) -> bool:
    return node.text("qualificationAwarded").casefold() in DEGREES


def _field(node: Node) -> str | None:
    """Return the closest field that is named; an unknown code tells nothing."""
    codes = [code for code in words.words_of(node, "fieldsOfStudy") if is_field(code)]
    return max(codes, key=len, default=None)
