from __future__ import annotations

import pytest
from sqlalchemy import update

from catalog.checks.records import read_records
from catalog.lint import check
from catalog.models import Offering, Place, StudyOption
from tests.catalog.checks.conftest import TODAY


@pytest.mark.parametrize(
    ("table", "field", "code"),
    [
        (StudyOption, "type", "lecture"),
        (StudyOption, "field", "77"),
        (StudyOption, "field", "care"),
        (StudyOption, "level", "doctor"),
        (StudyOption, "education_required", "some"),
        (StudyOption, "language_required", ("fi:B1", "fi:B3")),
        (StudyOption, "funding", ("lottery",)),
        (Offering, "modes", ("in_person", "telepathy")),
        (Offering, "schedule", ("midnight",)),
        (Offering, "teaching_languages", ("fi", "se")),
    ],
)
def test_a_code_of_no_list_is_named(find, session, table, field, code):
    find()
    # What importers would refuse may come from elsewhere.
    session.execute(update(table).values({field: code}))
    (record,) = read_records(session)
    (finding,) = check(record, TODAY)
    assert (finding.kind, finding.field) == ("unknown_code", field)


def test_a_place_that_is_no_more_is_named(find, session):
    gone = Place(code="999", kind="municipality", latitude=60.0, longitude=25.0)
    gone.name_fi = gone.name_sv = gone.name_en = "Entinen"
    session.add(gone)
    session.flush()
    assert find(place="999") == {("unknown_code", "place")}


def test_a_longer_code_under_a_known_field_is_known(find):
    assert find(field="0923") == set()
