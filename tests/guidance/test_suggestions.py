"""Suggestions from a real catalogue: the ladder of places, honest emptiness, paging, details."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from catalog.db import session_factory, upgrade
from catalog.importers.documents import (
    OfferingDocument,
    OptionDocument,
    OutlookDocument,
    ProviderDocument,
    SourceDocument,
)
from catalog.importers.store import store_documents
from catalog.models import StudyOption
from guidance.comparison import ROUTE_ROWS
from guidance.presentation import Words, option_as_json, suggestions_as_json
from guidance.presentation_rows import comparison_as_json
from guidance.profile import Profile
from guidance.suggestions import describe, ruled_out, suggest, suggest_routes
from opastin.texts import LANGUAGES, load_texts

from .conftest import TODAY

Add = Callable[..., None]
OF_OFFERING = {item.name for item in fields(OfferingDocument)}


@pytest.fixture(scope="module")
def empty_catalogue(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('catalogue') / 'catalog.db'}"
    upgrade(url)
    return url


@pytest.fixture
def session(empty_catalogue: str) -> Iterator[Session]:
    # Nothing is committed, so each test finds the catalogue empty.
    with session_factory(empty_catalogue, writing=True)() as session:
        yield session


@pytest.fixture
def add(session: Session) -> Add:
    """Return a function that adds an option: social work in Seinäjoki, open, free, for anybody."""

    def add(identity: str, **values: Any) -> None:
        values = {
            "place": "743",
            "modes": ("in_person",),
            "price_eur": 0,
            "teaching_languages": ("fi",),
            "continuous": True,
            "field": "0923",
            "type": "course",
            "titles": {"fi": f"Opintojakso {identity}"},
            "credits": 5,
            "education_required": "none",
        } | values
        offering = {key: values.pop(key) for key in OF_OFFERING & set(values)}
        provider = ProviderDocument(names={"fi": f"Oppilaitos {identity}"})
        document = OptionDocument(
            id=identity,
            offerings=(OfferingDocument(id=f"{identity}-1", provider=provider, **offering),),
            **values,
        )
        source = SourceDocument(name="test", sample=True, read_on=TODAY)
        store_documents(session, [document], source=source, today=TODAY)

    return add


def answer(session: Session, profile: dict[str, Any], **page: int) -> dict[str, Any]:
    learner = Profile.from_dict(profile)
    found = suggest(session, learner, today=TODAY, **page)
    return suggestions_as_json(found, learner, load_texts())


def ids(response: dict[str, Any]) -> list[str]:
    return [option["id"] for option in response["options"]]


def codes(remarks: list[dict[str, str]]) -> list[str]:
    return [remark["code"] for remark in remarks]


def test_found_where_it_was_wished_needs_no_fallback(session: Session, add: Add) -> None:
    add("near")
    add("far", place="091")
    response = answer(session, {"place": "743", "field": "0923"})
    assert ids(response) == ["near", "far"]
    assert response["fallback"] is None
    assert "in_your_municipality" in codes(response["options"][0]["reasons"])


@pytest.mark.parametrize(
    ("place", "modes", "step"),
    [
        ("743", ("in_person",), "region"),
        ("905", ("in_person",), "neighbours"),
        (None, ("online",), "online"),
        ("091", ("online",), "online"),
        ("091", ("in_person",), "wider"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ladder_of_places_says_which_step_it_took(
    session: Session,
    add: Add,
    place: str | None,
    modes: tuple[str, ...],
    step: str,
    language: str,
) -> None:
    add("option", place=place, modes=modes)
    response = answer(session, {"place": "232", "field": "0923", "language": language})
    assert ids(response) == ["option"]
    assert response["fallback"]["step"] == step
    assert "{" not in response["fallback"]["text"]


def test_the_fallback_speaks_finnish(session: Session, add: Add) -> None:
    add("vaasa", place="905")
    add("online", place=None, modes=("online",))
    text = answer(session, {"place": "232", "field": "0923"})["fallback"]["text"]
    assert text.startswith("Kauhajoelta")
    assert "Lähin on Vaasassa (" in text
    assert "Verkossa sopivia on yksi." in text


def test_beyond_the_distance_the_nearest_is_named_beside_what_is_online(
    session: Session, add: Add
) -> None:
    add("vaasa", place="905")
    add("online", place=None, modes=("online",))
    response = answer(session, {"place": "743", "field": "0923", "max_distance_km": 30})
    assert ids(response) == ["online"]
    assert "30 kilometrin" in response["fallback"]["text"]
    assert "Vaasassa (" in response["fallback"]["text"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("wish", "option", "notice"),
    [
        ({"budget_eur": 0}, {"price_eur": 90}, "blocked_by_over_budget"),
        ({"max_distance_km": 20}, {"place": "905"}, "blocked_by_far_away"),
        (
            {"education": "basic"},
            {"education_required": "bachelor"},
            "blocked_by_requirement_unmet",
        ),
        ({"teaching_languages": ["en"]}, {}, "blocked_by_other_language"),
        ({"online_ok": False}, {"modes": ("online",)}, "blocked_by_only_online"),
        (
            {},
            {"continuous": False, "apply_by": TODAY - timedelta(days=1)},
            "blocked_by_application_closed",
        ),
    ],
)
def test_emptiness_says_what_stood_in_the_way(
    session: Session,
    add: Add,
    wish: dict[str, Any],
    option: dict[str, Any],
    notice: str,
    language: str,
) -> None:
    add("option", **option)
    profile = {"place": "743", "field": "0923", "language": language, **wish}
    response = answer(session, profile)
    assert response["options"] == []
    assert codes(response["notices"]) == ["nothing_fits", notice]
    assert all("{" not in remark["text"] for remark in response["notices"])


def test_a_field_without_options_is_said_to_have_none(session: Session, add: Add) -> None:
    add("business", field="0413")
    assert codes(answer(session, {"field": "0821"})["notices"]) == ["nothing_in_field"]


def test_pages_follow_each_other_without_gaps_or_repeats(session: Session, add: Add) -> None:
    for number in range(12):
        add(f"option-{number:02}")
    pages = [answer(session, {"place": "743"}, limit=5, offset=start) for start in (0, 5, 10)]
    seen = [identity for page in pages for identity in ids(page)]
    assert len(seen) == len(set(seen)) == 12
    assert {page["total"] for page in pages} == {12}


def test_an_option_in_json_has_every_name_of_the_contract(session: Session, add: Add) -> None:
    add("option", apply_by=TODAY + timedelta(days=3), continuous=False)
    (option,) = answer(session, {"place": "743", "situation": "unemployed"})["options"]
    assert set(option) == {
        *("id", "type", "title", "provider", "sample", "field", "place", "place_name"),
        *("distance_km", "modes", "schedule", "weekly_hours", "credits", "duration_months"),
        *(
            "price_eur",
            "price_max_eur",
            "admission",
            "teaching_languages",
            "level",
            "education_required",
            "apply_by",
        ),
        *("continuous", "starts", "url", "route", "funding", "reasons", "warnings", "actions"),
    }
    assert option["apply_by"] == "2026-11-05"
    assert option["place_name"] == "Seinäjoki"
    assert codes(option["warnings"]) == ["closes_soon", "benefit_check_first", "sample_data"]
    assert option["actions"][0]["payload"] == '/ask_details{"option": "option"}'


def test_unknown_is_warned_of_and_never_taken_for_free(session: Session, add: Add) -> None:
    add("unknown", price_eur=None, place=None, modes=(), continuous=False)
    (option,) = answer(session, {"place": "743", "budget_eur": 0})["options"]
    assert option["price_eur"] is None
    assert option["place"] is None
    assert {"price_unknown", "place_unknown", "deadline_unknown"} <= set(codes(option["warnings"]))
    assert "free" not in codes(option["reasons"])


def test_what_tells_no_price_comes_last_for_one_who_can_pay_nothing(
    session: Session, add: Add
) -> None:
    add("unknown", price_eur=None)
    add("free", price_eur=0, place="837")
    learner = {"place": "743", "schedule": ["evening"]}
    assert ids(answer(session, learner))[0] == "unknown"
    assert ids(answer(session, {**learner, "budget_eur": 0})) == ["free", "unknown"]


def test_one_who_wants_only_online_gets_only_that_where_there_is_any(
    session: Session, add: Add
) -> None:
    add("blended", modes=("blended",))
    wish = {"place": "743", "online_only": True}
    (option,) = answer(session, wish)["options"]
    assert "not_online" in codes(option["warnings"])
    add("online", modes=("online",))
    assert ids(answer(session, wish)) == ["online"]


def test_the_fallback_measures_from_the_place_that_it_names(session: Session, add: Add) -> None:
    add("helsinki", place="091")
    # Turku first; Espoo is next to Helsinki.
    fallback = answer(session, {"places": ["853", "049"], "place": "853"})["fallback"]
    assert "Turusta" in fallback["text"]
    assert "(15" in fallback["text"]


def test_aland_has_authorities_of_its_own(session: Session, add: Add) -> None:
    add("mariehamn", place="478")
    (option,) = answer(session, {"place": "478", "situation": "unemployed"})["options"]
    assert "benefit_check_first" not in codes(option["warnings"])


def test_details_of_a_ruled_out_option_say_what_is_against_it(session: Session, add: Add) -> None:
    add("dear", price_eur=900, descriptions={"fi": "Kuvaus."})
    learner = Profile.from_dict({"budget_eur": 100})
    found = describe(session, learner, "dear", today=TODAY)
    assert found is not None
    option = option_as_json(found, "fi", load_texts())
    assert option["description"] == "Kuvaus."
    assert "over_budget" in codes(option["warnings"])
    assert "900" in option["warnings"][0]["text"]


def test_a_range_of_prices_counts_with_its_lower_end_and_warns_of_the_upper(
    session: Session, add: Add
) -> None:
    add("range", price_eur=60, price_max_eur=120)
    for budget, reasons, warnings in ((120, True, False), (80, False, True)):
        (option,) = answer(session, {"place": "743", "budget_eur": budget})["options"]
        assert (option["price_eur"], option["price_max_eur"]) == (60, 120)
        assert ("fits_budget" in codes(option["reasons"])) is reasons
        assert ("price_varies" in codes(option["warnings"])) is warnings
    assert "60–120 €" in next(
        warning["text"] for warning in option["warnings"] if warning["code"] == "price_varies"
    )
    assert not ids(answer(session, {"place": "743", "budget_eur": 50}))


def test_what_some_pay_for_is_not_free(session: Session, add: Add) -> None:
    add("range", price_eur=0, price_max_eur=40)
    (option,) = answer(session, {"place": "743", "budget_eur": 0})["options"]
    assert "free" not in codes(option["reasons"])
    assert "price_varies" in codes(option["warnings"])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Paikat täytetään ilmoittautumisjärjestyksessä."),
        ("sv", "Platserna fylls i anmälningsordning."),
        ("en", "Places are given in order of enrolment."),
    ],
)
def test_details_tell_skills_and_that_places_go_to_the_first(
    session: Session, add: Add, language: str, text: str
) -> None:
    add("order", admission="enrolment_order", skills={"fi": ("hitsaus", "mittaus")})
    found = describe(session, Profile(), "order", today=TODAY)
    assert found is not None
    option = option_as_json(found, language, load_texts())
    assert (option["admission_text"], option["skills"]) == (text, ["hitsaus", "mittaus"])


def test_what_has_ended_is_suggested_to_nobody_and_says_so_where_it_was_saved(
    session: Session, add: Add
) -> None:
    add("gone", criteria={"fi": "- osaa"})
    add("stays")
    session.get(StudyOption, "gone").withdrawn_on = TODAY
    session.flush()
    assert ids(answer(session, {"field": "0923"})) == ["stays"]
    found = describe(session, Profile(), "gone", today=TODAY)
    assert found is not None
    option = option_as_json(found, "fi", load_texts())
    assert (option["title"], option["criteria"]) == ("Opintojakso gone", "- osaa")
    assert (codes(option["reasons"]), codes(option["warnings"])) == ([], ["ended"])
    assert "2026" in option["warnings"][0]["text"]


def test_an_unknown_option_has_no_details(session: Session) -> None:
    assert describe(session, Profile(), "nothing", today=TODAY) is None


def test_what_one_thing_alone_rules_out_is_shown_with_it(session: Session, add: Add) -> None:
    add("dear", price_eur=400)
    add("cheap", price_eur=0)
    add("closed", continuous=False, apply_by=TODAY - timedelta(days=1), price_eur=400)
    profile = Profile(language="fi", field="0923", place="743", budget_eur=100.0)
    found = ruled_out(session, profile, today=TODAY)
    assert [item.candidate.id for item in found.options] == ["dear"]
    assert found.options[0].warnings[0].code == "over_budget"
    assert [notice.code for notice in found.notices] == ["blocked_by_over_budget"]


def test_what_opens_the_most_is_told_first(session: Session, add: Add) -> None:
    add("dear", price_eur=400)
    for name in ("long", "longer"):
        add(name, price_eur=0, duration_months=12)
    add("gone", price_eur=400)
    session.get(StudyOption, "gone").withdrawn_on = TODAY
    session.flush()
    profile = Profile(language="en", field="0923", place="743", budget_eur=100.0, max_months=3)
    told = suggestions_as_json(suggest(session, profile, today=TODAY), profile, load_texts())
    assert codes(told["notices"]) == [
        "nothing_fits",
        "blocked_by_too_long",
        "blocked_by_over_budget",
    ]
    assert told["notices"][1]["text"].endswith("The shortest takes about 12 months.")
    assert told["notices"][2]["text"] == "Your budget rules out 1 option. It costs €400."


def test_what_two_things_rule_out_is_told_too(session: Session, add: Add) -> None:
    add("both", price_eur=400, duration_months=12)
    profile = Profile(language="fi", field="0923", budget_eur=100.0, max_months=3)
    found = suggest(session, profile, today=TODAY)
    assert [notice.code for notice in found.notices] == [
        "nothing_fits",
        "blocked_by_over_budget",
        "blocked_by_too_long",
    ]


def test_routes_that_limits_rule_out_are_told_with_what_opens_them(
    session: Session, add: Add
) -> None:
    add("path", type="path_studies", leads_to={"fi": "Sosionomi (AMK)"}, price_eur=450)
    # Leads to no degree: it is no route, whatever rules it out.
    add("course", price_eur=900)
    free = Profile(language="fi", field="0923", budget_eur=0.0)
    shut = suggest_routes(session, free, today=TODAY)
    assert (shut.options, [remark.code for remark in shut.notices]) == (
        (),
        ["blocked_by_over_budget"],
    )
    assert shut.notices[0].values == {"count": 1, "price": 450}
    open_ = suggest_routes(session, replace(free, budget_eur=None), today=TODAY)
    assert ([item.candidate.id for item in open_.options], open_.notices) == (["path"], ())
    assert suggest_routes(session, Profile(field="0721"), today=TODAY).notices == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Toivomasi ala: sosiaaliala"),
        ("sv", "Området du önskade: det sociala området"),
        ("en", "The field you asked for: social services"),
    ],
)
def test_reasons_name_fields_as_people_do(
    session: Session, add: Add, language: str, text: str
) -> None:
    add("option")
    (option,) = answer(session, {"field": "0923", "language": language})["options"]
    assert text in [reason["text"] for reason in option["reasons"]]


def test_a_route_says_of_which_part_of_its_credits_the_price_is(session: Session, add: Add) -> None:
    add(
        "path",
        type="path_studies",
        leads_to={"fi": "Sosionomi (AMK)"},
        credits=25,
        route_credits=60,
        duration_months=6,
        price_eur=375,
    )
    for language, price, months in (
        ("fi", "375 €, ensimmäiset 25 op", "Noin 15 kk"),
        ("sv", "375 € för de första 25 sp", "Cirka 15 mån."),
        ("en", "€375 for the first 25 credits", "About 15 months"),
    ):
        profile = Profile(language=language, field="0923")
        routes = suggest_routes(session, profile, today=TODAY).options
        table = comparison_as_json(routes, Words.of(profile, load_texts()), ROUTE_ROWS, today=TODAY)
        rows = {row["code"]: row["values"][0] for row in table["rows"]}
        assert rows["route_price"].replace("\u00a0", " ") == price
        assert rows["route_months"] == months


def test_what_runs_at_another_time_only_is_said_to_be_on_the_list(
    session: Session, add: Add
) -> None:
    add("day", schedule=("daytime",))
    for name in ("evening", "evening-2"):
        add(name, schedule=("evening",))
    add("both", schedule=("evening", "weekend"))
    add("any time", schedule=("own_pace",))
    profile = Profile(language="fi", field="0923", place="743", schedule=("daytime",))
    (notice,) = ruled_out(session, profile, today=TODAY).notices
    assert (notice.code, notice.values) == ("opened_by_evening", {"count": 2})
    assert suggest(session, profile, today=TODAY).total == 5


def test_what_runs_at_none_of_the_wished_times_says_so(session: Session, add: Add) -> None:
    add("day", schedule=("daytime", "evening"))
    add("evening", schedule=("evening",))
    add("any time", schedule=("own_pace",))
    add("untold")
    told = answer(session, {"field": "0923", "schedule": ["weekend", "daytime"], "language": "fi"})
    warned = [
        (option["id"], warning["text"])
        for option in told["options"]
        for warning in option["warnings"]
        if warning["code"] == "other_times"
    ]
    assert warned == [("evening", "Ei ole toivomiisi aikoihin, vaan iltaisin.")]
    assert told["notices"] == [
        {"code": "some_in_wished_times", "text": "Näistä 2 on toivomiisi aikoihin."}
    ]


def test_a_page_at_other_times_only_says_so(session: Session, add: Add) -> None:
    add("day", schedule=("daytime",))
    add("untold")
    told = answer(session, {"field": "0923", "schedule": ["weekend"]})
    assert codes(told["notices"]) == ["none_in_wished_times"]


def test_without_wished_times_no_option_is_at_other_times(session: Session, add: Add) -> None:
    add("evening", schedule=("evening",))
    told = answer(session, {"field": "0923"})
    assert (told["notices"], "other_times" in codes(told["options"][0]["warnings"])) == ([], False)


def test_the_field_that_limits_leave_out_is_not_lost_silently(session: Session, add: Add) -> None:
    add("wished", field="0923", place="905", price_eur=0)
    add("close", field="0913", price_eur=0)
    add("unrelated", field="0715", price_eur=0)
    profile = {"field": "0923", "place": "743", "max_distance_km": 10}
    told = answer(session, profile)
    assert [option["id"] for option in told["options"]] == ["close"]
    assert codes(told["notices"]) == ["blocked_by_far_away"]
    open_ = answer(session, {"field": "0923", "place": "743"})
    assert (open_["options"][0]["id"], open_["notices"]) == ("wished", [])


def test_words_that_only_ruled_out_options_speak_of_bring_no_others(
    session: Session, add: Add
) -> None:
    add("garden", titles={"fi": "Puutarhuri"}, field="0812", price_eur=400)
    add("other", titles={"fi": "Hitsaus"}, field="0715", price_eur=0)
    found = suggest(
        session, Profile(language="fi", interest="puutarhuri", budget_eur=10.0), today=TODAY
    )
    assert found.options == ()
    assert [notice.code for notice in found.notices] == ["nothing_fits", "blocked_by_over_budget"]


def test_small_cheap_steps_come_first_for_who_tries_a_field(session: Session, add: Add) -> None:
    add("year", credits=60, price_eur=900)
    add("middle", credits=15, price_eur=0)
    add("small", credits=3, price_eur=0)
    profile = Profile(language="fi", field="0923", place="743", goal="try_field")
    found = suggest(session, profile, today=TODAY)
    assert [item.candidate.id for item in found.options] == ["small", "middle", "year"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_has_a_label_and_words_for_every_value(
    session: Session, add: Add, language: str
) -> None:
    add("one", schedule=("evening",), weekly_hours=8, duration_months=6, modes=("online",))
    add("two", price_eur=225, education_required="vocational", starts=TODAY, place=None)
    profile = Profile(language=language)
    found = [describe(session, profile, name, today=TODAY) for name in ("one", "two")]
    table = comparison_as_json(
        [item for item in found if item], Words.of(profile, load_texts()), today=TODAY
    )
    assert [option["id"] for option in table["options"]] == ["one", "two"]
    rows = {row["code"]: row for row in table["rows"]}
    assert rows.keys() >= {"price", "weekly_hours", "months", "modes", "schedule", "education"}
    for row in rows.values():
        assert row["label"]
        assert len(row["values"]) == 2
        assert all(
            value is None or value[:1].isupper() or value[:1] in "€25689" for value in row["values"]
        )
    assert rows["place"]["values"] == ["Seinäjoki", None]


def test_a_shortage_that_holds_is_a_reason_and_an_expired_one_is_none(
    session: Session, add: Add
) -> None:
    add("option")
    wish = {"place": "743", "field": "0923", "goal": "new_career"}

    def outlook(valid_to: date) -> None:
        document = OutlookDocument(
            "0923", "maakunta_14", "shortage", "Barometri", TODAY - timedelta(days=400), valid_to
        )
        source = SourceDocument(name="barometer", sample=False, read_on=TODAY)
        store_documents(session, [document], source=source, today=TODAY)

    outlook(TODAY)
    (option,) = answer(session, wish)["options"]
    assert "employing" in codes(option["reasons"])
    outlook(TODAY - timedelta(days=1))
    (option,) = answer(session, wish)["options"]
    assert "employing" not in codes(option["reasons"])


def test_benefits_go_by_where_the_learner_lives(session: Session, add: Add) -> None:
    add("online", place="091", modes=("online",))
    (option,) = answer(session, {"place": "478", "situation": "unemployed"})["options"]
    assert "benefit_check_aland" in codes(option["warnings"])
    (option,) = answer(session, {"place": "743", "situation": "unemployed"})["options"]
    assert "benefit_check_first" in codes(option["warnings"])


def test_only_what_the_budget_covers_fits_it(session: Session, add: Add) -> None:
    add("dear", price_eur=400)
    profile = Profile(language="fi", field="0923", budget_eur=100.0)
    found = describe(session, profile, "dear", today=TODAY)
    assert found is not None
    assert "fits_budget" not in [reason.code for reason in found.reasons]


def test_the_nearest_place_named_is_one_of_the_page(session: Session, add: Add) -> None:
    for number in range(5):
        add(f"far-{number}", place="091", schedule=("evening",), price_eur=0)
    add("near", place="233", schedule=("daytime",), price_eur=900)
    profile = Profile(language="fi", field="0923", place="145", schedule=("evening",))
    found = suggest(session, profile, today=TODAY)
    assert found.fallback is not None
    shown = {item.candidate.place for item in found.options}
    assert found.fallback.nearest in shown
