from __future__ import annotations

import json
from datetime import date, datetime, timezone

import pytest

from catalog.importers import osaamismerkit
from catalog.importers.documents import Refusal, Skipped
from catalog.search import find_option
from opastin.errors import UserError

TODAY = date(2026, 3, 1)


def read(root):
    data = root if isinstance(root, bytes) else json.dumps(root).encode()
    return list(osaamismerkit.read_options(data, name="badges.json", today=TODAY))


def badge(**values):
    return {
        "koodiUri": "osaamismerkit_2001",
        "nimi": {"_id": "1", "fi": "Laskutaito", "sv": "Räknefärdigheter"},
        "tila": "JULKAISTU",
        "kategoria": {"nimi": {"fi": "Numerotaidot", "sv": "Numeriska färdigheter"}},
        "osaamistavoitteet": [
            {"osaamistavoite": {"fi": "laskee hintoja", "sv": "räknar priser"}},
            {"osaamistavoite": {"fi": "arvioi"}},
        ],
        "arviointikriteerit": [{"arviointikriteeri": {"fi": "vertaa kahta hintaa"}}],
        **values,
    }


def read_badge(**values):
    (document,) = read(badge(**values))
    return document


def name(**values):
    return {
        "koodiUri": "osaamismerkit_2001",
        "koodiArvo": "2001",
        "koodisto": {"koodistoUri": "osaamismerkit"},
        "metadata": [{"nimi": "Räknefärdigheter", "kieli": "SV"}, {"nimi": "X", "kieli": "FI"}],
        **values,
    }


def moment(*day):
    return int(datetime(*day, tzinfo=timezone.utc).timestamp() * 1000)


class TestTheRealDocuments:
    def test_a_badge_has_names_outcomes_and_criteria(self, samples):
        path = samples / "osaamismerkit" / "osaamismerkit_1007.json"
        (document,) = read(path.read_bytes())
        assert document.id == "osaamismerkki-1007"
        assert (document.type, document.level) == ("skill_badge", "basic")
        assert set(document.titles) == {"fi", "sv"}
        assert document.outcomes["fi"].count("\n- ") == 1
        assert document.criteria["sv"].count("\n- ") == 2

    def test_the_code_list_names_all_of_them(self, samples):
        path = samples / "osaamismerkit" / "osaamismerkit-koodisto.json"
        documents = read(path.read_bytes())
        assert len({document.id for document in documents}) == 32
        assert all(set(document.titles) == {"fi", "sv"} for document in documents)

    @pytest.mark.parametrize("order", [1, -1])
    def test_both_may_come_in_any_order_and_again(self, samples, session, store, order):
        paths = sorted((samples / "osaamismerkit").glob("*.json"))[::order]
        for path in paths:
            assert not store(*read(path.read_bytes())).refused
        (candidate,) = find_option(session, "osaamismerkki-1007")
        assert candidate.criteria and candidate.outcomes
        for path in paths:
            report = store(*read(path.read_bytes()))
            assert (report.added, report.changed) == (0, 0)


def test_a_badge_is_an_option_by_language():
    document = read_badge()
    assert document.titles == {"fi": "Laskutaito", "sv": "Räknefärdigheter"}
    assert document.outcomes == {"fi": "- laskee hintoja\n- arvioi", "sv": "- räknar priser"}
    assert document.skills == {"fi": ("laskee hintoja", "arvioi"), "sv": ("räknar priser",)}
    assert document.criteria == {"fi": "- vertaa kahta hintaa"}
    assert document.keywords == ("Numerotaidot", "Numeriska färdigheter")


def test_the_code_list_tells_languages_in_capital_letters():
    (document,) = read([name()])
    assert document.titles == {"sv": "Räknefärdigheter", "fi": "X"}


def test_html_is_cleaned():
    document = read_badge(kuvaus={"fi": "<p>Yksi <b>kaksi</b></p><script>x</script>"})
    assert document.descriptions == {"fi": "Yksi kaksi"}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"tila": "LAADINTA"}, "not published"),
        ({"tila": "ARKISTOITU"}, "not published"),
        ({"voimassaoloLoppuu": moment(2026, 2, 27, 12)}, "not valid today"),
        ({"voimassaoloAlkaa": moment(2026, 3, 1, 22)}, "not valid today"),
    ],
)
def test_what_is_not_valid_is_passed_over(values, reason):
    assert read_badge(**values) == Skipped("osaamismerkit_2001", reason)


def test_days_begin_at_midnight_in_finland():
    begins = moment(2026, 2, 28, 22)
    assert read_badge(voimassaoloAlkaa=begins, voimassaoloLoppuu=begins).id == "osaamismerkki-2001"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"koodiUri": None}, "koodiUri"),
        ({"koodiUri": 7}, "koodiUri"),
        ({"koodiUri": "ammatit_2001"}, "koodiUri"),
        ({"koodiUri": "osaamismerkit_../x"}, "koodiUri"),
        ({"koodiUri": "osaamismerkit_" + "1" * 1000}, "koodiUri"),
        ({"nimi": {}}, "nimi"),
        ({"nimi": "Laskutaito"}, "nimi"),
        ({"osaamistavoitteet": {}}, "osaamistavoitteet"),
        ({"osaamistavoitteet": [None]}, "osaamistavoitteet[0]"),
        ({"arviointikriteerit": [{"arviointikriteeri": 1}]}, "arviointikriteerit[0]"),
        ({"voimassaoloLoppuu": "2026-02-30"}, "voimassaoloLoppuu"),
        ({"voimassaoloLoppuu": 10**30}, "voimassaoloLoppuu"),
        ({"voimassaoloLoppuu": True}, "voimassaoloLoppuu"),
        ({"koodisto": {}, "metadata": []}, "metadata"),
        ({"koodisto": {}, "metadata": [{"nimi": "X", "kieli": "DE"}]}, "metadata"),
    ],
)
def test_a_bad_badge_is_refused_with_its_field(values, field):
    refusal = read_badge(**values)
    assert isinstance(refusal, Refusal)
    assert refusal.field.startswith(field)
    assert len(refusal.reason) < 150


def test_one_bad_badge_leaves_the_others():
    documents = read([None, badge(), badge(koodiUri="x"), name(koodiUri="osaamismerkit_2002")])
    assert [getattr(document, "id", None) for document in documents] == [
        None,
        "osaamismerkki-2001",
        None,
        "osaamismerkki-2002",
    ]


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"", "not whole JSON"),
        (b'[{"koodiUri": "osaamis', "not whole JSON"),
        (b"[" * 100_000, "too deep"),
        ('{"nimi": "ä"}'.encode("latin-1"), "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_the_users_mistake(data, hint):
    with pytest.raises(UserError, match=hint):
        read(data)
