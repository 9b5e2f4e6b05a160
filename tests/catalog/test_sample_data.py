"""The sample catalogue, read as it lies in the repository: what it must offer and to whom."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "catalog" / "data"
LANGUAGES = ("fi", "sv", "en")
TYPES = {
    "open_university_path",
    "path_studies",
    "micro_credential",
    "study_package",
    "course",
    "skill_badge",
}
CHOICES = {
    "modes": {"in_person", "blended", "online", "distance"},
    "schedule": {"daytime", "evening", "weekend", "own_pace"},
    "teaching_languages": set(LANGUAGES),
}
LEVELS = {"", "basic", "upper_secondary", "bachelor", "master"}
EDUCATION = {"", "none", "basic", "vocational", "general_upper", "bachelor", "master"}
BROAD_FIELDS = {f"{number:02}" for number in range(11)}
HIGHEST_PRICE_OF_A_CREDIT = 45
LATEST_DEADLINE_DAYS = 200

# Parts of the names of real schools, none of which may seem to offer what we made up.
REAL_NAMES = re.compile(
    r"""\b(?:
    seinäjoen|vaasan|centria|novia|arcada|åbo\ akademi|hanken|metropolia|haaga|laurea|humak|diak
    |lapin\ (?:yliopisto|ammatti)|oulun|oamk|kajaanin|karelia|savonia|jyväskylän|jamk|xamk|lab
    |lahden|hämeen|hamk|tampereen|tamk|satakunnan|samk|turun|aalto|helsingin|itä-suomen|lut
    |sedu|gradia|omnia|stadin|keuda|varia|prakticum|optima|vamia|yrkesakademin|kpedu|redu|lappia
    |sakky|riveria|esedu|samiedu|ekami|salpaus|tavastia|hyria|luksia|tredu|sasky|winnova|sataedu
    |novida|raseko|peimari|axxell|inveon|careeria|osao|jedu|luovi|kiipula|spesia|lärkkulla
    |högskolan\ på\ åland|ålands|borgå|snellman|taitotalo|otavan|revontuli
    )\b""",
    re.VERBOSE,
)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return list(_read("sample_options.csv"))


@pytest.fixture(scope="module")
def options(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The first row of each id, which tells about the option itself."""
    first: dict[str, dict[str, str]] = {}
    for row in rows:
        first.setdefault(row["id"], row)
    return list(first.values())


@pytest.fixture(scope="module")
def providers() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in _read("sample_providers.csv")}


@pytest.fixture(scope="module")
def regions() -> dict[str, str]:
    """Code of a place (municipality or region) to its region, like `maakunta_14`."""
    municipalities = {
        row["code"]: f"maakunta_{row['region_code']}" for row in _read("municipalities.csv")
    }
    return {**municipalities, **{region: region for region in municipalities.values()}}


def test_catalogue_is_large_enough_to_choose_from(
    options: list[dict[str, str]], providers: dict[str, dict[str, str]]
) -> None:
    assert len(options) >= 190
    assert len(providers) >= 40


def test_every_type_has_many_options(options: list[dict[str, str]]) -> None:
    counts = Counter(option["type"] for option in options)

    assert counts.keys() == TYPES
    assert min(counts.values()) >= 20


def test_every_broad_field_has_a_choice(options: list[dict[str, str]]) -> None:
    counts = Counter(option["field"][:2] for option in options)

    assert counts.keys() == BROAD_FIELDS
    assert min(counts.values()) >= 8


def test_every_region_has_a_choice_of_types_and_fields(
    rows: list[dict[str, str]], options: list[dict[str, str]], regions: dict[str, str]
) -> None:
    option_by_id = {option["id"]: option for option in options}
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["place"]:
            found[regions[row["place"]]].add(row["id"])

    assert found.keys() == set(regions.values())
    assert len(found) == 19
    for region, ids in found.items():
        assert len(ids) >= 8, region
        assert len({option_by_id[id_]["type"] for id_ in ids}) >= 4, region
        assert len({option_by_id[id_]["field"][:2] for id_ in ids}) >= 5, region


def test_fields_are_codes_of_the_classification(options: list[dict[str, str]]) -> None:
    known = {row["code"] for row in _read("fields.csv")}
    for option in options:
        code = option["field"]
        assert 2 <= len(code) <= 4, option["id"]
        assert any(code[:length] in known for length in range(2, 5)), option["id"]


def test_codes_are_those_of_the_contract(rows: list[dict[str, str]]) -> None:
    for row in rows:
        for column, choices in CHOICES.items():
            values = row[column].split(";")
            assert values[0], (row["id"], column)
            assert set(values) <= choices, (row["id"], column)
        assert row["level"] in LEVELS, row["id"]
        assert row["education_required"] in EDUCATION, row["id"]
        assert row["employing"] in {"", "yes", "no"}, row["id"]
        assert row["continuous"] in {"yes", "no"}, row["id"]
        assert re.fullmatch(r"[a-z0-9-]{3,100}", row["id"])


@pytest.mark.parametrize("column", ["modes", "schedule", "teaching_languages"])
def test_every_way_of_studying_occurs_often(rows: list[dict[str, str]], column: str) -> None:
    counts = Counter(value for row in rows for value in row[column].split(";"))

    assert counts.keys() == CHOICES[column]
    assert min(counts.values()) >= 12


def test_levels_and_demands_vary(options: list[dict[str, str]]) -> None:
    levels = Counter(option["level"] for option in options)
    demands = Counter(option["education_required"] for option in options)

    assert levels.keys() == LEVELS
    assert demands.keys() == EDUCATION
    assert demands["none"] > len(options) / 2
    assert {option["employing"] for option in options} == {"", "yes", "no"}


def test_credits_and_prices_span_the_whole_range(
    rows: list[dict[str, str]], options: list[dict[str, str]]
) -> None:
    credits = [float(option["credits"]) for option in options if option["credits"]]
    prices = [float(row["price_eur"]) for row in rows if row["price_eur"]]

    assert (min(credits), max(credits)) == (1, 60)
    assert (min(prices), max(prices)) == (0, 2700)
    assert all(option["type"] == "skill_badge" for option in options if not option["credits"])
    assert sum(not row["price_eur"] for row in rows) >= 3


def test_open_higher_education_stays_under_the_ceiling_of_its_fee(
    rows: list[dict[str, str]], options: list[dict[str, str]]
) -> None:
    option_by_id = {option["id"]: option for option in options}
    for row in rows:
        option = option_by_id[row["id"]]
        is_open_higher_education = option["type"] in {"open_university_path", "path_studies"} or (
            option["type"] in {"course", "study_package"}
            and option["level"] in {"bachelor", "master"}
        )
        if is_open_higher_education and row["price_eur"]:
            a_credit = float(row["price_eur"]) / float(option["credits"])
            assert a_credit <= HIGHEST_PRICE_OF_A_CREDIT, row["id"]


def test_dates_are_relative_so_that_the_sample_never_expires(rows: list[dict[str, str]]) -> None:
    for row in rows:
        days = {column: _days(row[column]) for column in ("apply_from", "apply_by", "starts")}
        apply_from, apply_by, starts = days["apply_from"], days["apply_by"], days["starts"]
        if row["continuous"] == "yes":
            assert apply_by is None, row["id"]
        if apply_by is not None:
            assert 3 <= apply_by <= LATEST_DEADLINE_DAYS, row["id"]
            assert starts is None or starts > apply_by, row["id"]
            assert apply_from is None or apply_from < apply_by, row["id"]


def test_some_deadlines_are_near_some_far_some_unknown(rows: list[dict[str, str]]) -> None:
    deadlines = [days for row in rows if (days := _days(row["apply_by"])) is not None]

    assert min(deadlines) == 3
    assert max(deadlines) == LATEST_DEADLINE_DAYS
    assert sum(row["continuous"] == "yes" for row in rows) >= 40
    assert sum(row["continuous"] == "no" and not row["apply_by"] for row in rows) >= 3


def test_places_exist_and_some_options_run_in_several(
    rows: list[dict[str, str]], regions: dict[str, str]
) -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        assert not row["place"] or row["place"] in regions, row["id"]
        places[row["id"]].add(row["place"])

    assert sum(len(several) > 1 for several in places.values()) >= 10
    assert any(not row["place"] and "in_person" in row["modes"] for row in rows)
    assert any(not row["place"] and "blended" in row["modes"] for row in rows)


@pytest.mark.parametrize(
    "place",
    [
        "743",
        "232",
        "905",
        "545",
        "598",
        "272",
        "698",
        "148",
        "167",
        "205",
        "491",
        "285",
        "405",
        "398",
        "109",
        "837",
        "609",
        "853",
        "734",
        "091",
        "049",
        "638",
        "710",
        "478",
        "564",
        "179",
        "297",
    ],
)
def test_towns_that_people_ask_for_have_options(rows: list[dict[str, str]], place: str) -> None:
    assert any(row["place"] == place for row in rows)


@pytest.mark.parametrize(
    ("degree", "at_least"),
    [("Sosionomi (AMK)", 15), ("Sairaanhoitaja (AMK)", 8), ("Tradenomi (AMK)", 5)],
)
def test_popular_degrees_can_be_reached_from_many_places(
    rows: list[dict[str, str]], options: list[dict[str, str]], degree: str, at_least: int
) -> None:
    ids = {option["id"] for option in options if option["leads_to_fi"] == degree}

    assert len({row["place"] for row in rows if row["id"] in ids}) >= at_least


def test_sosionomi_can_be_studied_beside_work_in_seinäjoki_and_online(
    rows: list[dict[str, str]], options: list[dict[str, str]]
) -> None:
    ids = {option["id"] for option in options if option["leads_to_fi"] == "Sosionomi (AMK)"}
    ways = {
        (row["place"], row["modes"], row["schedule"].split(";")[0])
        for row in rows
        if row["id"] in ids
    }

    assert ("743", "blended", "evening") in ways
    assert ("", "online", "own_pace") in ways


def test_some_degrees_are_reached_by_several_routes(options: list[dict[str, str]]) -> None:
    routes: dict[str, set[str]] = defaultdict(set)
    for option in options:
        if option["leads_to_fi"]:
            routes[option["leads_to_fi"]].add(option["type"])

    assert sum(len(types) >= 2 for types in routes.values()) >= 6
    assert len(routes["Sairaanhoitaja (AMK)"]) >= 3


def test_routes_are_told_in_full_and_in_every_language(options: list[dict[str, str]]) -> None:
    routes = [option for option in options if option["leads_to_fi"]]
    for option in routes:
        assert option["leads_to_sv"] and option["leads_to_en"], option["id"]
        assert option["leads_to_level"] in {"bachelor", "master"}, option["id"]
        if option["route_credits"]:
            assert 10 <= int(option["route_credits"]) <= float(option["credits"]), option["id"]
        # A day of the year comes again, so that no route of the sample expires.
        assert re.fullmatch(r"(next-\d\d-\d\d(\+1y)?)?", option["route_apply_by"]), option["id"]
    assert {option["route_round"] for option in routes} >= {"joint_spring", "separate"}
    assert sum(not option["route_grade"] for option in routes) >= 3


def test_funding_and_languages_demanded_occur(options: list[dict[str, str]]) -> None:
    funding = Counter(option["funding"] for option in options if option["funding"])
    languages = Counter(option["language_required"][:2] for option in options)

    assert funding.keys() == {"jotpa", "employment_training", "free_for_all"}
    assert min(funding.values()) >= 4
    assert all(languages[language] >= 3 for language in LANGUAGES)


def test_the_outlook_is_marked_as_sample_and_covers_every_region(regions: dict[str, str]) -> None:
    rows = list(_read("sample_outlook.csv"))

    assert {row["source"] for row in rows} == {"sample"}
    assert {row["region"] for row in rows} == set(regions.values())
    assert {row["outlook"] for row in rows} == {"shortage", "balance", "oversupply"}
    assert {(row["published"], row["valid_to"]) for row in rows} == {("-60d", "+300d")}


def test_paths_name_the_degree_that_they_lead_to(options: list[dict[str, str]]) -> None:
    for option in options:
        if option["type"] in {"open_university_path", "path_studies"}:
            assert option["leads_to_fi"], option["id"]


def test_finnish_is_always_there_and_other_languages_where_taught(
    rows: list[dict[str, str]], options: list[dict[str, str]]
) -> None:
    for option in options:
        for language in LANGUAGES:
            has_title = bool(option[f"title_{language}"])
            assert has_title == bool(option[f"description_{language}"]), option["id"]
            assert has_title == bool(option[f"outcomes_{language}"]), option["id"]
            has_demands = has_title and bool(option["requirements_fi"])
            assert has_demands == bool(option[f"requirements_{language}"]), option["id"]
        assert option["title_fi"], option["id"]
        assert option["keywords"].count(";") >= 2, option["id"]
    option_by_id = {option["id"]: option for option in options}
    for row in rows:
        # What is taught in one language only is told in that language too.
        assert option_by_id[row["id"]][f"title_{row['teaching_languages'][:2]}"], row["id"]


def test_swedish_and_english_speakers_have_a_choice(options: list[dict[str, str]]) -> None:
    assert sum(bool(option["title_sv"]) for option in options) >= 70
    assert sum(bool(option["title_en"]) for option in options) >= 30


def test_åland_teaches_in_swedish(rows: list[dict[str, str]], regions: dict[str, str]) -> None:
    languages = Counter(
        language
        for row in rows
        if regions.get(row["place"]) == "maakunta_21"
        for language in row["teaching_languages"].split(";")
    )

    assert languages["sv"] >= 8
    assert "fi" not in languages


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_used_twice(options: list[dict[str, str]], language: str) -> None:
    descriptions = Counter(
        option[f"description_{language}"] for option in options if option[f"title_{language}"]
    )
    titles = Counter(
        (option["provider"], option[f"title_{language}"])
        for option in options
        if option[f"title_{language}"]
    )

    assert [text for text, times in descriptions.items() if times > 1] == []
    assert [title for title, times in titles.items() if times > 1] == []


def test_texts_are_clean_sentences(options: list[dict[str, str]]) -> None:
    for option in options:
        for column, text in option.items():
            assert text == " ".join(text.split()), (option["id"], column)
            assert "!" not in text, (option["id"], column)
            if text and column.startswith(("description", "outcomes", "requirements")):
                assert text[0].isupper() or text[0].isdigit(), (option["id"], column)
                assert text.endswith((".", "?")), (option["id"], column)
                assert 15 <= len(text) <= 400, (option["id"], column)


def test_providers_are_invented_and_all_are_used(
    rows: list[dict[str, str]], providers: dict[str, dict[str, str]], regions: dict[str, str]
) -> None:
    assert {row["provider"] for row in rows} == providers.keys()
    for provider in providers.values():
        assert provider["name_fi"], provider["id"]
        assert provider["municipality"] in regions, provider["id"]
        for language in LANGUAGES:
            name = provider[f"name_{language}"].lower()
            assert not REAL_NAMES.search(name), name


def test_addresses_lead_to_no_real_site(
    rows: list[dict[str, str]], providers: dict[str, dict[str, str]]
) -> None:
    addresses = [row["url"] for row in [*rows, *providers.values()] if row["url"]]

    assert all(address.startswith("https://example.fi/") for address in addresses)


def _read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _days(text: str) -> int | None:
    """Return the days from loading that `+45d` means; fail on anything absolute."""
    if not text:
        return None
    assert re.fullmatch(r"[+-]\d{1,3}d", text), text
    return int(text[:-1])
