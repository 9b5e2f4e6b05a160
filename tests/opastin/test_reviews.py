from __future__ import annotations

from datetime import datetime, timezone

import pytest
import yaml
from click.testing import CliRunner

from coaching import messages
from coaching.conversations import start
from coaching.db import open_engine, session_factory, upgrade_engine
from coaching.desk_models import AuditEntry, Review
from coaching.models import Conversation
from coaching.transcript import Incoming
from opastin.cli import opastin
from opastin.errors import UserError
from opastin.nlu_cases import read_cases
from opastin.review_files import insert_example

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)
MONEY = """version: "3.1"

nlu:
  # Money for living, loans too.
  - intent: faq_study_grant
    examples: |
      - opintotuki
      - Saanko opintolainaa?

  - intent: faq_cost
    examples: |
      - paljonko maksaa
"""


@pytest.fixture
def project(tmp_path):
    """Make a small working copy."""
    folder = tmp_path / "copy"
    for language in ("fi", "sv"):
        training = folder / "bot/data/nlu" / language
        training.mkdir(parents=True)
        (training / "faq_money.yml").write_text(MONEY, "utf-8")
    (folder / "tests/validation/fi").mkdir(parents=True)
    (folder / "tests/validation/fi/faq.yml").write_text(
        "- {text: onko tämä ilmaista, intent: faq/cost}\n", "utf-8"
    )
    return folder


@pytest.fixture
def database(tmp_path, monkeypatch):
    """Return a new database that the command uses."""
    url = f"sqlite:///{tmp_path}/conversations.db"
    monkeypatch.setenv("OPASTIN_CONVERSATIONS_URL", url)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path))
    engine = open_engine(url)
    upgrade_engine(engine)
    yield session_factory(engine)
    engine.dispose()


@pytest.fixture
def review(database):
    """Store a person's message and what a coach says of it."""

    def review(words, paraphrase, intent="faq_study_grant", *, asked=None, language="fi", **more):
        with database.begin() as session:
            started = start(
                session, channel="web", language=language, plain_language=False, now=NOW
            )
            conversation = session.get(Conversation, started.id)
            conversation.asked = asked
            number = messages.receive(session, conversation, Incoming(words), now=NOW).line.id
            values = {"verdict": "corrected", "slots": {}} | more
            session.add(
                Review(
                    conversation_id=started.id,
                    number=number,
                    intent=intent,
                    paraphrase=paraphrase,
                    language=language,
                    who="anna",
                    decided_at=NOW,
                    **values,
                )
            )

    return review


def export(project):
    return CliRunner().invoke(
        opastin, ["reviews", "export", "--directory", str(project)], catch_exceptions=False
    )


def test_wordings_become_training_data_and_cases(project, database, review):
    review(
        "mist rahhaa",
        "saako opintoihin tukea",
        asked="budget_eur",
        slots={"budget_eur": 0, "interest": "omat sanat"},
    )
    result = export(project)
    assert result.exit_code == 0, result.output
    training = (project / "bot/data/nlu/fi/faq_money.yml").read_text("utf-8")
    assert training == MONEY.replace(
        "      - Saanko opintolainaa?\n",
        "      - saako opintoihin tukea\n      - Saanko opintolainaa?\n",
    )
    [case] = read_cases(project / "tests/nlu_reviewed", "fi")
    assert (case.text, case.intent) == ("saako opintoihin tukea", "faq/study_grant")
    assert (dict(case.slots), case.asked) == ({"budget_eur": 0}, "budget_eur")
    assert "omat sanat" not in (project / "tests/nlu_reviewed/fi.yml").read_text("utf-8")
    with database() as session:
        assert session.query(Review).one().exported_at is not None
        assert session.query(AuditEntry).one().action == "reviews_exported"


def test_exporting_twice_changes_nothing(project, review):
    review("mist rahhaa", "saako opintoihin tukea")
    export(project)
    review("onks massii", "Saako opintoihin tukea?")
    before = {path: path.read_bytes() for path in project.rglob("*.yml")}
    result = export(project)
    assert "1 sentence there already." in result.output
    assert {path: path.read_bytes() for path in project.rglob("*.yml")} == before
    assert "nothing new" in export(project).output


def test_a_persons_own_words_stay(project, database, review):
    review("mistä saan rahaa opiskeluun", "Mistä saan rahaa opiskeluun?")
    result = export(project)
    assert "too near to a person's own words" in result.output
    assert not (project / "tests/nlu_reviewed").exists()
    with database() as session:
        assert session.query(Review).one().exported_at is None


def test_a_meaning_that_is_none_of_ours_is_told(project, review):
    review("äöä", "jotain aivan muuta", "no_such_intent")
    review("öäö", "ihan jotain toista", slots={"place": "nowhere"})
    assert "2 sentences left out: the intent or a fact is not known" in export(project).output


def test_what_is_measured_with_is_not_trained_on(project, review):
    review("maksaaks", "onko tämä ilmaista", "faq_cost")
    export(project)
    assert (project / "bot/data/nlu/fi/faq_money.yml").read_text("utf-8") == MONEY
    assert len(read_cases(project / "tests/nlu_reviewed")) == 1


def test_what_was_passed_is_not_exported(project, review):
    review("mist rahhaa", "saako opintoihin tukea", verdict="passed")
    assert "nothing new" in export(project).output


def test_each_language_has_its_files(project, review):
    review("va kosta", "finns det stöd för studier", language="sv")
    review("mist rahhaa", "saako opintoihin tukea")
    export(project)
    found = read_cases(project / "tests/nlu_reviewed")
    assert {(case.group, case.language) for case in found} == {("fi", "fi"), ("sv", "sv")}


def test_odd_signs_stay_what_they_are(project, review):
    review("mist rahhaa", 'no: "tukea" #1 {eikö}')
    export(project)
    [case] = read_cases(project / "tests/nlu_reviewed")
    assert case.text == 'no: "tukea" #1 {eikö}'
    content = yaml.safe_load((project / "bot/data/nlu/fi/faq_money.yml").read_text("utf-8"))
    assert '- no: "tukea" #1 {eikö}' in content["nlu"][0]["examples"].splitlines()


def test_another_folder_is_refused(tmp_path, database):
    with pytest.raises(UserError, match="There is no bot/data/nlu"):
        export(tmp_path)


def test_an_example_comes_in_its_place():
    assert insert_example(MONEY, "faq_cost", "zzz").endswith("paljonko maksaa\n      - zzz\n")
    assert "examples: |\n      - aaa\n      - paljonko" in insert_example(MONEY, "faq_cost", "aaa")
    assert insert_example(MONEY, "faq", "aaa") is None
