from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from catalog.importers.documents import (
    OfferingDocument,
    OptionDocument,
    ProviderDocument,
    Refusal,
    Skipped,
    SourceDocument,
)
from catalog.models import Provider, StudyOption
from catalog.search import find_option

TODAY = date(2026, 3, 1)
OPTION = OptionDocument(
    id="a",
    type="course",
    titles={"fi": "Kurssi", "sv": "Kurs"},
    keywords=("hoito",),
    field="0923",
    credits=5.0,
    offerings=(OfferingDocument(id="a-1", place="743", modes=("online",), price_eur=0.0),),
)


def counts(report):
    return (report.added, report.changed, report.unchanged)


def teacher(name, **values):
    return (OfferingDocument(id="a-1", provider=ProviderDocument(names={"fi": name}), **values),)


def test_importing_twice_changes_nothing(session, store):
    assert counts(store(OPTION)) == (1, 0, 0)
    session.commit()
    session.expire_all()
    assert counts(store(OPTION)) == (0, 0, 1)
    assert not session.dirty


@pytest.mark.parametrize(
    "change",
    [
        {"titles": {"fi": "Kurssi", "sv": "Kurs", "en": "Course"}},
        {"titles": {"fi": "Kurssi"}},
        {"titles": {"fi": "Parempi kurssi", "sv": "Kurs"}},
        {"keywords": ()},
        {"credits": None},
        {"field": "0913"},
        {"type": "micro_credential"},
        {"offerings": (replace(OPTION.offerings[0], price_eur=None),)},
        {"offerings": (replace(OPTION.offerings[0], modes=()),)},
        {"offerings": (*OPTION.offerings, OfferingDocument(id="a-2"))},
        {"offerings": (OfferingDocument(id="a-2"),)},
        {"offerings": teacher("Opisto", place="743", modes=("online",), price_eur=0.0)},
    ],
)
def test_what_differs_is_changed_and_counted(session, store, change):
    store(OPTION)
    session.commit()
    changed = replace(OPTION, **change)
    assert counts(store(changed)) == (0, 1, 0)
    session.commit()
    session.expire_all()
    assert counts(store(changed)) == (0, 0, 1)


def test_offerings_that_a_document_names_no_more_go(session, store):
    store(replace(OPTION, offerings=(*OPTION.offerings, OfferingDocument(id="a-2", place="905"))))
    store(OPTION)
    assert [candidate.offering for candidate in find_option(session, "a")] == ["a-1"]


def test_a_longer_code_of_a_field_points_to_the_nearest_known(session, store):
    store(OPTION)
    option = session.get(StudyOption, "a")
    assert (option.field, option.known_field) == ("0923", "092")


def test_refused_and_skipped_documents_are_counted(store):
    refusal = Refusal("b", "price_eur", "is not a number")
    report = store(refusal, OPTION, Skipped("c", "not published"))
    assert report.refused == [refusal]
    assert report.skipped == {"not published": 1}
    assert report.added == 1


def test_the_same_document_again_is_no_mistake_but_another_of_its_id_is(store):
    report = store(OPTION, OPTION, replace(OPTION, titles={"fi": "Muu"}))
    assert report.added == 1
    assert [(found.document, found.field) for found in report.refused] == [("a", "id")]


def test_an_id_of_another_provider_in_another_source_is_not_taken(session, store):
    store(replace(OPTION, offerings=teacher("Opisto")))
    other = SourceDocument("elsewhere", sample=False, read_on=TODAY)
    report = store(replace(OPTION, titles={"fi": "Muu"}, offerings=teacher("Muu")), source=other)
    assert [found.field for found in report.refused] == ["id"]
    assert find_option(session, "a")[0].titles["fi"] == "Kurssi"
    assert [provider.name_fi for provider in session.scalars(select(Provider))] == ["Opisto"]


def test_files_of_one_name_are_told_apart_by_their_providers(session, store):
    file = SourceDocument("options.csv", sample=False, read_on=TODAY)
    store(replace(OPTION, offerings=teacher("Opisto")), source=file)
    taken = replace(OPTION, titles={"fi": "Muu"}, offerings=teacher("Muu"))
    (refusal,) = store(taken, source=file).refused
    assert (refusal.field, "`source`" in refusal.reason) == ("id", True)
    assert find_option(session, "a")[0].titles["fi"] == "Kurssi"
    changed = replace(OPTION, titles={"fi": "Uusi"}, offerings=teacher("Opisto"))
    assert store(changed, source=file).changed == 1


@pytest.mark.parametrize("name", ["opisto.example/options.csv", "options.csv"])
def test_what_comes_from_one_place_may_change_its_provider(store, name):
    source = SourceDocument(name, sample=False, read_on=TODAY)
    named = source if "/" not in name else None
    store(replace(OPTION, offerings=teacher("Opisto"), source=named), source=source)
    renamed = replace(OPTION, offerings=teacher("Uusi nimi"), source=named)
    assert store(renamed, source=source).changed == 1


def test_a_provider_may_send_its_options_in_another_file(session, store):
    store(replace(OPTION, offerings=teacher("Opisto")))
    other = SourceDocument("next-year.csv", sample=False, read_on=TODAY)
    report = store(
        replace(OPTION, titles={"fi": "Uusi"}, offerings=teacher("opisto")), source=other
    )
    assert report.changed == 1
    assert find_option(session, "a")[0].source == "next-year.csv"


def test_a_provider_is_added_once_with_an_id_made_of_its_name(session, store):
    store(
        replace(OPTION, id="a", offerings=teacher("Härmän opisto")),
        replace(OPTION, id="b", offerings=teacher("HÄRMÄN OPISTO")),
        replace(OPTION, id="c", offerings=teacher("Harman opisto")),
    )
    ids = session.scalars(select(Provider.id).order_by(Provider.id)).all()
    assert ids == ["harman-opisto", "harman-opisto-2"]


def test_a_provider_known_by_id_is_referred_to(session, store):
    store(ProviderDocument("opisto", {"fi": "Opisto", "sv": "Institut"}, municipality="743"))
    store(replace(OPTION, offerings=(OfferingDocument("a-1", ProviderDocument("opisto")),)))
    assert find_option(session, "a")[0].provider == {"fi": "Opisto", "sv": "Institut"}


def test_an_unknown_id_of_a_provider_is_refused_and_nothing_of_the_option_stays(session, store):
    document = replace(OPTION, offerings=(OfferingDocument("a-1", ProviderDocument("opisto")),))
    assert [found.field for found in store(document).refused] == ["provider"]
    assert find_option(session, "a") == []


def test_reading_again_on_a_later_day_is_no_change_but_is_remembered(session, store):
    store(OPTION)
    later = TODAY + timedelta(days=30)
    source = SourceDocument("tests", sample=False, read_on=later)
    assert counts(store(OPTION, source=source, today=later)) == (0, 0, 1)
    assert find_option(session, "a")[0].source_read_on == later


def test_sample_data_do_not_become_real_by_an_import(session, store):
    store(OPTION, source=SourceDocument("sample", sample=True, read_on=TODAY))
    store(OPTION, source=SourceDocument("sample", sample=False, read_on=TODAY))
    assert find_option(session, "a")[0].sample


class TestDocumentsThatTellAPart:
    """A hit, a koulutus and a toteutus of Opintopolku tell about one option."""

    hit = OptionDocument(
        id="a",
        type="course",
        titles={"fi": "Kurssi"},
        credits=5.0,
        offerings=(OfferingDocument(id="a-0", outline=True),),
        manner="refresh",
        all_offerings=False,
    )
    koulutus = replace(hit, field="092", credits=None, outcomes={"fi": "Osaat."})
    toteutus = OptionDocument(
        id="a",
        type="micro_credential",
        titles={"fi": "Kurssi, kevät"},
        keywords=("hoito",),
        offerings=(OfferingDocument(id="t-1", place="743", price_eur=0.0),),
        manner="fill",
        all_offerings=False,
    )

    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
    def test_they_may_come_in_any_order(self, session, store, order):
        parts = [self.hit, self.koulutus, self.toteutus]
        for number in order:
            assert not store(parts[number]).refused
        (candidate,) = find_option(session, "a")
        assert candidate.type == "micro_credential"
        assert candidate.titles == {"fi": "Kurssi"}
        assert (candidate.credits, candidate.field, candidate.keywords) == (5, "092", ("hoito",))
        assert (candidate.offering, candidate.place, candidate.price_eur) == ("t-1", "743", 0)
        session.commit()
        session.expire_all()
        for part in parts:
            assert counts(store(part)) == (0, 0, 1)

    def test_an_outline_takes_nothing_back(self, session, store):
        store(self.toteutus)
        outlined = replace(
            self.hit,
            offerings=(
                OfferingDocument(id="t-1", outline=True),
                OfferingDocument(id="t-2", place="905", outline=True),
            ),
            all_offerings=True,
        )
        store(outlined)
        assert [candidate.place for candidate in find_option(session, "a")] == ["743", "905"]

    def test_two_toteutukset_of_one_import_are_both_kept(self, session, store):
        second = replace(self.toteutus, offerings=(OfferingDocument(id="t-2", place="905"),))
        report = store(self.toteutus, second)
        assert counts(report) == (1, 0, 0)
        assert [candidate.place for candidate in find_option(session, "a")] == ["743", "905"]


class TestDocumentsThatReferToOthers:
    base = replace(OPTION, id="base", outcomes={"fi": "Osaat."}, criteria={"fi": "Näytät."})
    document = replace(OPTION, titles={}, based_on="base")

    def test_texts_that_are_missing_are_those_of_the_other_option(self, session, store):
        store(self.base)
        store(replace(self.document, outcomes={"sv": "Du kan."}))
        (candidate,) = find_option(session, "a")
        assert candidate.titles == OPTION.titles
        assert (candidate.outcomes, candidate.criteria) == ({"sv": "Du kan."}, {"fi": "Näytät."})

    def test_one_without_a_title_needs_the_other(self, store):
        (refusal,) = store(self.document).refused
        assert (refusal.document, refusal.field, refusal.option) == ("a", "nimi", "a")
        assert not store(replace(OPTION, based_on="nothing")).refused

    def test_an_optional_provider_may_be_unknown(self, session, store):
        provider = ProviderDocument("opisto", optional=True)
        document = replace(OPTION, offerings=(OfferingDocument("a-1", provider),))
        assert not store(document).refused
        assert find_option(session, "a")[0].provider == {}
        store(ProviderDocument("opisto", {"fi": "Opisto"}, municipality="743"))
        assert store(document).changed == 1
        assert find_option(session, "a")[0].provider == {"fi": "Opisto"}


def test_a_long_import_does_not_hold_what_it_has_stored(session, store):
    documents = (
        replace(OPTION, id=f"a{number}", offerings=(OfferingDocument(id=f"a{number}-1"),))
        for number in range(450)
    )
    held = []

    def watched():
        for document in documents:
            held.append(
                sum(isinstance(item, StudyOption) for item in session.identity_map.values())
            )
            yield document

    report = store(*watched())
    assert report.added == 450
    assert max(held) == 0
    assert not any(isinstance(item, StudyOption) for item in session.identity_map.values())


def test_an_id_is_remembered_through_a_long_import(session, store):
    others = [
        replace(OPTION, id=f"b{number}", offerings=(OfferingDocument(id=f"b{number}-1"),))
        for number in range(300)
    ]
    report = store(OPTION, *others, OPTION, replace(OPTION, titles={"fi": "Muu"}))
    assert report.added == 301
    assert [(found.document, found.field) for found in report.refused] == [("a", "id")]
