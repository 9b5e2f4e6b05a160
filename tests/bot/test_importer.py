"""The importer: exactly one variation of a response matches, whatever the language."""

from __future__ import annotations

import itertools
import warnings

import pytest
from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.importer import TrainingDataImporter

from bot.importer import guarded_responses


def matching(responses, name, language, plain):
    slots = {"language": language, "plain_language": plain}
    found = ResponseVariationFilter(responses).responses_for_utter_action(name, "gateway", slots)
    return [variation["text"] for variation in found]


def test_easy_text_is_used_where_there_is_one_and_the_ordinary_one_elsewhere():
    responses = guarded_responses(
        {
            "fi": {"utter_a": {"text": "fi a"}, "utter_b": {"text": "fi b"}},
            "fi-easy": {"utter_a": {"text": "helppo a"}},
            "sv": {"utter_a": {"text": "sv a"}, "utter_b": {"text": "sv b"}},
        }
    )
    assert matching(responses, "utter_a", "fi", False) == ["fi a"]
    assert matching(responses, "utter_a", "fi", True) == ["helppo a"]
    assert matching(responses, "utter_b", "fi", True) == ["fi b"]
    assert matching(responses, "utter_a", "sv", True) == ["sv a"]


@pytest.mark.parametrize(
    "by_folder",
    [
        {"fi-easy": {"utter_a": {"text": "helppo"}}},
        {"de": {"utter_a": {"text": "de"}}},
    ],
)
def test_folders_that_no_person_would_see_are_refused(by_folder):
    with pytest.raises(RasaException):
        guarded_responses(by_folder)


def test_domain_has_the_responses_when_rasa_loads_the_project(tiny_project):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        importer = TrainingDataImporter.load_from_config(
            str(tiny_project / "config.yml"),
            str(tiny_project / "domain.yml"),
            [str(tiny_project / "data")],
        )
        responses = importer.get_domain().responses
    for name, (language, plain) in itertools.product(
        ["utter_greet", "utter_place"], itertools.product(["fi", "sv"], [False, True])
    ):
        assert len(matching(responses, name, language, plain)) == 1
