"""Recognition of competence: what can show it, and when it is worth asking for."""

from __future__ import annotations

import pytest

from guidance.competence import Strength
from guidance.recognition import MAX_EVIDENCE, Evidence, evidence, is_worth_asking
from guidance.remarks import Remark
from guidance.suggestions import Suggestion
from tests.guidance.conftest import make_candidate


@pytest.mark.parametrize(
    ("strength", "kind"),
    [
        (Strength(None, "lähihoitaja", None, "qualification", "0913"), "certificate"),
        (Strength(None, "myyjä", None, "occupation", "0416"), "work_certificate"),
        (Strength(None, "osaan leipoa", None, "skill"), "portfolio"),
        (Strength("care", "hoidin äitiä", "home"), "portfolio"),
        (Strength("selling", "olin kaupassa kesät", "work"), "work_certificate"),
        (Strength("learning", "kävin kurssin", "studies"), "certificate"),
        (Strength("leading", "vedän kerhoa", "voluntary"), "voluntary_statement"),
        (Strength(None, "vapaaehtoisena SPR:ssä", "work"), "voluntary_statement"),
        (Strength(None, "frivilligarbete på lägret", None, "occupation"), "voluntary_statement"),
    ],
)
def test_each_kind_of_competence_has_its_proof(strength: Strength, kind: str) -> None:
    assert evidence([strength]) == (Evidence(kind, strength.words),)


def test_one_story_is_one_proof_and_there_are_not_too_many() -> None:
    story = [Strength(code, "hoidin äitiä", "home") for code in ("care", "everyday")]
    assert len(evidence(story)) == 1
    assert len(evidence(Strength(None, f"työ {n}") for n in range(30))) == MAX_EVIDENCE


@pytest.mark.parametrize(
    ("type_", "code", "worth"),
    [
        ("course", "builds_on_competence", True),
        ("course", "free", False),
        ("skill_badge", "builds_on_competence", False),
    ],
)
def test_it_is_asked_for_where_the_studies_build_on_it(type_: str, code: str, worth: bool) -> None:
    option = Suggestion(make_candidate(type=type_), None, (Remark(code),), ())
    assert is_worth_asking([option]) is worth
