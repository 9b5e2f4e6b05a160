"""What suits better, and that the order is stable and fair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from catalog.geography import load_geography
from catalog.search import Candidate
from guidance.locality import locate
from guidance.profile import Profile
from guidance.ranking import Match, best_first, match, relevant

from .conftest import TODAY

Make = Callable[..., Candidate]


def ranked(profile: dict[str, Any], *options: Candidate) -> list[str]:
    learner = Profile.from_dict(profile)
    geography = load_geography()
    matches = [
        match(learner, option, locate(learner, option, geography), today=TODAY)
        for option in options
    ]
    return [item.candidate.id for item in best_first(relevant(learner, matches))]


def test_the_wished_field_comes_first_and_others_are_left_out(candidate: Make) -> None:
    options = [
        candidate(id="business", field="0413"),
        candidate(id="nursing", field="0913"),
        candidate(id="social", field="0923"),
    ]
    assert ranked({"field": "0923"}, *options) == ["social", "nursing"]


def test_the_broad_field_fills_up_only_where_there_is_little(candidate: Make) -> None:
    close = [candidate(id=f"social-{number}", field="0923") for number in range(3)]
    assert "nursing" not in ranked({"field": "0923"}, *close, candidate(id="nursing", field="0913"))


def like(likeness: float, option: Candidate, **profile: Any) -> Match:
    """Match an option that is so like the learner's own words."""
    learner = Profile.from_dict(profile)
    locality = locate(learner, option, load_geography())
    return match(learner, option, locality, today=TODAY, likeness=likeness)


def test_what_is_half_as_like_as_the_best_stays_when_no_field_is_wished(candidate: Make) -> None:
    items = [like(likeness, candidate(id=str(likeness))) for likeness in (0.2, 0.5, 0.9)]
    assert [item.candidate.id for item in best_first(relevant(Profile(), items))] == ["0.9", "0.5"]


def test_what_speaks_of_the_wish_is_relevant_in_another_field_too(candidate: Make) -> None:
    wish = Profile(field="0923")
    items = [
        like(0, candidate(id="social", field="0923"), field="0923"),
        like(0.9, candidate(id="like", field="0413"), field="0923"),
        like(0.3, candidate(id="other", field="0413"), field="0923"),
    ]
    assert {item.candidate.id for item in relevant(wish, items)} == {"social", "like"}
    assert items[1].interest_match
    assert not items[2].interest_match


def test_the_way_to_the_degree_named_comes_before_a_course_nearby(candidate: Make) -> None:
    options = [
        candidate(id="course", place="232", titles={"fi": "Sosiaalialan perusteet"}),
        candidate(id="path", type="path_studies", place="743", leads_to={"fi": "Sosionomi (AMK)"}),
    ]
    wish = {"place": "232", "field": "0923", "interest": "sosionomiksi"}
    assert ranked(wish, *options) == ["path", "course"]


def test_near_comes_before_far(candidate: Make) -> None:
    options = [
        candidate(id="helsinki", place="091"),
        candidate(id="vaasa", place="905"),
        candidate(id="kauhajoki", place="232"),
        candidate(id="seinajoki", place="743"),
    ]
    assert ranked({"place": "743"}, *options) == ["seinajoki", "kauhajoki", "vaasa", "helsinki"]


def test_online_comes_first_for_one_who_wants_only_that(candidate: Make) -> None:
    options = [candidate(id="here"), candidate(id="online", place=None, modes=("online",))]
    assert ranked({"place": "743"}, *options) == ["here", "online"]
    assert ranked({"place": "743", "online_only": True}, *options) == ["online", "here"]


def test_a_fitting_time_ranks(candidate: Make) -> None:
    options = [
        candidate(id="day", schedule=("daytime",)),
        candidate(id="evening", schedule=("evening",)),
    ]
    assert ranked({"schedule": ["evening"]}, *options) == ["evening", "day"]


def test_trying_a_field_prefers_the_small_and_open(candidate: Make) -> None:
    options = [candidate(id="long", credits=60), candidate(id="short", credits=2)]
    assert ranked({"goal": "try_field"}, *options)[0] == "short"


def test_an_option_stands_once_with_its_best_offering(candidate: Make) -> None:
    options = [
        candidate(id="same", offering="far", place="091"),
        candidate(id="same", offering="near", place="743"),
    ]
    learner = Profile.from_dict({"place": "743"})
    geography = load_geography()
    best = best_first(
        match(learner, option, locate(learner, option, geography), today=TODAY)
        for option in options
    )
    assert [item.candidate.offering for item in best] == ["near"]


def test_one_provider_does_not_take_every_place(candidate: Make) -> None:
    options = [
        candidate(id=f"a{number}", provider={"fi": "A"}, price_eur=0) for number in range(4)
    ] + [candidate(id="b", provider={"fi": "B"}, price_eur=10)]
    assert "b" in ranked({}, *options)[:2]


def test_the_order_does_not_depend_on_the_order_of_the_catalogue(candidate: Make) -> None:
    options = [candidate(id=f"option-{number}") for number in range(30)]
    assert ranked({"place": "743"}, *options) == ranked({"place": "743"}, *reversed(options))


def test_a_score_is_the_sum_of_its_parts(candidate: Make) -> None:
    learner = Profile.from_dict({"field": "0923", "place": "743", "goal": "try_field"})
    option = candidate(price_eur=0, credits=5)
    item = match(learner, option, locate(learner, option, load_geography()), today=TODAY)
    assert dict(item.parts)["place"] > 0
    assert sum(points for _, points in item.parts) == item.score


def test_between_equals_every_day_has_its_own_order(candidate: Make) -> None:
    options = [candidate(id=f"option-{number}", provider={}) for number in range(4)]
    learner, geography = Profile.from_dict({"field": "0923"}), load_geography()
    first = set()
    for day in range(30):
        today = TODAY + timedelta(days=day)
        matches = [
            match(learner, option, locate(learner, option, geography), today=today)
            for option in options
        ]
        assert best_first(matches) == best_first(reversed(matches))
        first.add(best_first(matches)[0].candidate.id)
    assert first == {option.id for option in options}


def test_without_a_wish_what_one_has_done_is_the_best_hint(candidate: Make) -> None:
    nursing = [candidate(id=f"nursing-{number}", field="0913") for number in range(3)]
    held = {"competence": [{"words": "lähihoitaja", "kind": "qualification", "field": "0913"}]}
    found = ranked(held, candidate(id="computers", field="0611"), *nursing)
    assert sorted(found) == ["nursing-0", "nursing-1", "nursing-2"]
