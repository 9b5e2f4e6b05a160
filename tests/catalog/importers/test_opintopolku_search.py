from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from catalog.importers import address
from catalog.importers.address import Fetcher
from catalog.importers.documents import OptionDocument, Refusal, Skipped
from catalog.importers.opintopolku_search import fetch_search, is_search
from catalog.importers.opintopolku_whole import read_wholes
from opastin.errors import UserError
from tests.catalog.importers.web_server import body, serving, status

TODAY = date(2026, 3, 1)
PATH = "/konfo-backend/external/search/toteutukset-koulutuksittain"
EXTERNAL = "/konfo-backend/external"


def koulutus_oid(number):
    return f"1.2.246.562.13.{number:020d}"


def toteutus_oid(number):
    return f"1.2.246.562.17.{number:020d}"


def hit(number, **values):
    return {
        "oid": koulutus_oid(number),
        "nimi": {"fi": f"Kurssi {number}"},
        "koulutustyyppi": "vapaa-sivistystyo-muu",
        "toteutukset": [
            {
                "toteutusOid": toteutus_oid(number),
                "toteutusNimi": {"fi": f"Kurssi {number}"},
                "oppilaitosOid": "1.2.246.562.10.1",
                "oppilaitosNimi": {"fi": "Opisto"},
                "kunnat": [{"koodiUri": "kunta_743"}],
            }
        ],
        **values,
    }


def koulutus(number, **metadata):
    return {
        "oid": koulutus_oid(number),
        "nimi": {"fi": "Toinen nimi", "sv": "Kurs"},
        "metadata": {
            "tyyppi": "vapaa-sivistystyo-muu",
            "kuvaus": {"fi": "<p>Kuvaus</p>"},
            "koulutusala": [{"koodiUri": "kansallinenkoulutusluokitus2016koulutusalataso2_0923#1"}],
            **metadata,
        },
    }


def toteutus(number, **metadata):
    return {
        "oid": toteutus_oid(number),
        "koulutusOid": koulutus_oid(number),
        "nimi": {"fi": f"Kurssi {number}"},
        "metadata": {
            "tyyppi": "vapaa-sivistystyo-muu",
            "hakuaika": {"alkaa": "2026-01-01T08:00", "paattyy": "2026-05-01T15:00"},
            "opetus": {"maksullisuustyyppi": "maksullinen", "maksunMaara": 40},
            "hasJotpaRahoitus": True,
            **metadata,
        },
        "tarjoajat": [
            {"oid": "1.2.246.562.10.2", "nimi": {"fi": "Opisto, Seinäjoki"}},
            {
                "oid": "1.2.246.562.10.3",
                "nimi": {"fi": "Opisto, Vaasa"},
                "paikkakunta": {"koodiUri": "kunta_905"},
            },
        ],
    }


def as_json(value):
    return json.dumps(value).encode()


class Opintopolku:
    """A small Opintopolku on a server of the test: pages of hits, and their documents."""

    def __init__(self, server, hits):
        self.server = server
        self.hits = hits
        self.total = len(hits)
        server.answers[PATH] = self.search
        for number in range(1, len(hits) + 1):
            self.put(f"koulutus/{koulutus_oid(number)}", koulutus(number))
            self.put(f"toteutus/{toteutus_oid(number)}", toteutus(number))

    def put(self, path, value):
        self.server.answers[f"{EXTERNAL}/{path}"] = body(as_json(value))

    def search(self, handler):
        query = parse_qs(urlsplit(handler.path).query)
        page, size = int(query["page"][0]), int(query["size"][0])
        handler.reply(as_json(self.page(page, size)))

    def page(self, page, size):
        return {"total": self.total, "hits": self.hits[(page - 1) * size : page * size]}

    def pages_asked(self):
        return [asked for asked in self.server.asked if asked.startswith(PATH)]


@pytest.fixture
def opintopolku():
    with serving() as server:
        yield Opintopolku(server, [hit(number) for number in range(1, 6)])


@pytest.fixture
def told():
    return []


@pytest.fixture
def read(opintopolku, told, monkeypatch):
    """A function that fetches and reads the search."""
    monkeypatch.setattr(address, "PAUSE_SECONDS", 0)

    def read_(query="?size=2", **limits):
        fetcher = Fetcher(
            most_bytes=1_000_000, seconds=20, allow_private=True, sleep=lambda _: None
        )
        options = {"name": "search", "today": TODAY, "most_bytes": 1_000_000, **limits}
        target = opintopolku.server.address(PATH + query)
        try:
            with fetch_search(fetcher, target, tell=told.append, **options) as lines:
                return list(read_wholes(lines, today=TODAY))
        finally:
            fetcher.close()

    return read_


def test_only_addresses_of_searches_have_pages():
    assert is_search(f"https://opintopolku.fi{PATH}?page=1")
    assert not is_search(
        "https://opintopolku.fi/konfo-backend/external/koulutus/1.2?a=/external/search/"
    )


def test_all_pages_are_read_with_what_was_asked_for(opintopolku, read, told):
    documents = read("?keyword=hoiva&sijainti=kunta_743,kunta_905&page=2&size=2")
    assert [document.id for document in documents] == [koulutus_oid(n) for n in range(1, 6)]
    assert [parse_qs(urlsplit(page).query)["page"] for page in opintopolku.pages_asked()] == [
        ["1"],
        ["2"],
        ["3"],
    ]
    assert all("sijainti=kunta_743,kunta_905" in page for page in opintopolku.pages_asked())
    assert told[:3] == ["2 of 5 hits", "4 of 5 hits", "5 of 5 hits"]
    assert told[-1] == "documents of 5 of 5 hits"


def test_documents_tell_what_the_search_does_not(read):
    option = read()[0]
    assert option.titles == {"fi": "Kurssi 1"}
    assert option.descriptions == {"fi": "Kuvaus"}
    assert option.field == "0923"
    assert option.funding == ("jotpa",)
    seinajoki, vaasa = option.offerings
    assert (seinajoki.id, vaasa.id) == (toteutus_oid(1), f"{toteutus_oid(1)}-2")
    assert (seinajoki.place, vaasa.place) == ("743", "905")
    assert seinajoki.provider.names == {"fi": "Opisto, Seinäjoki"}
    assert {offering.apply_by for offering in option.offerings} == {date(2026, 5, 1)}
    assert not any(offering.outline for offering in option.offerings)


def test_the_same_search_twice_changes_nothing(read, store):
    assert store(*read()).added == 5
    again = store(*read())
    assert (again.changed, again.unchanged, again.refused) == (0, 5, [])


def test_degrees_cost_no_further_requests(opintopolku, read):
    opintopolku.hits[:] = [hit(1, koulutustyyppi="amk"), *opintopolku.hits[1:]]
    documents = read()
    assert [type(found) for found in documents] == [Skipped, *[OptionDocument] * 4]
    assert len(opintopolku.server.asked) == 3 + 2 * 4


def test_an_empty_search_is_one_page(opintopolku, read):
    opintopolku.hits, opintopolku.total = [], 0
    assert read() == []
    assert len(opintopolku.server.asked) == 1


@pytest.mark.parametrize(
    ("path", "answer", "reason"),
    [
        (f"toteutus/{toteutus_oid(2)}", status(404), "its address knows nothing"),
        (f"toteutus/{toteutus_oid(2)}", body(b'{"oid": "1'), "is not whole JSON"),
        (f"toteutus/{toteutus_oid(2)}", body(b"<html>"), "is not whole JSON"),
        (f"koulutus/{koulutus_oid(2)}", body('"ä"'.encode("latin-1")), "is not UTF-8"),
        (f"koulutus/{koulutus_oid(2)}", body(b"[]"), "is not an object"),
        (
            f"toteutus/{toteutus_oid(2)}",
            body(as_json(toteutus(2, hakuaika={"paattyy": "2026-02-30T15:00"}))),
            "there is no day 2026-02-30",
        ),
    ],
)
def test_a_bad_document_is_refused_and_the_hit_kept(opintopolku, read, path, answer, reason):
    opintopolku.server.answers[f"{EXTERNAL}/{path}"] = answer
    documents = read()
    (refusal,) = [found for found in documents if isinstance(found, Refusal)]
    assert reason in refusal.reason
    assert refusal.option == koulutus_oid(2)
    assert [found.id for found in documents if isinstance(found, OptionDocument)] == [
        koulutus_oid(number) for number in range(1, 6)
    ]


def test_a_bad_hit_is_refused_and_the_others_kept(opintopolku, read):
    opintopolku.hits[1:3] = [None, hit(3, nimi=None)]
    types = [type(found) for found in read()]
    assert types == [OptionDocument, Refusal, Refusal, OptionDocument, OptionDocument]


def message(read, **limits):
    with pytest.raises(UserError) as error:
        read(**limits)
    assert "\n" not in str(error.value)
    return str(error.value)


class TestAReadingThatIsNotWhole:
    def test_a_page_that_fails(self, opintopolku, read):
        whole = opintopolku.search

        def search(handler):
            (status(500) if "page=2" in handler.path else whole)(handler)

        opintopolku.server.answers[PATH] = search
        assert "page=2" in message(read)
        opintopolku.server.answers[PATH] = whole
        opintopolku.server.answers[f"{EXTERNAL}/toteutus/{toteutus_oid(4)}"] = status(500)
        assert "answers 500" in message(read)

    def test_a_page_that_is_cut_off(self, opintopolku, read):
        opintopolku.server.answers[PATH] = body(as_json(opintopolku.page(1, 2))[:-5])
        assert "search (page 1) is not whole JSON" in message(read)

    def test_a_page_that_repeats(self, opintopolku, read):
        opintopolku.server.answers[PATH] = body(as_json(opintopolku.page(1, 2)))
        assert "gives on page 2 what it has given before" in message(read)

    def test_pages_that_overlap(self, opintopolku, read):
        opintopolku.hits[2] = opintopolku.hits[1]
        assert "gave 4 different hits where it says 5" in message(read)

    def test_pages_that_end_early(self, opintopolku, read):
        opintopolku.total = 9
        assert "gave 5 different hits where it says 9" in message(read)

    @pytest.mark.parametrize("change", [1, -1])
    def test_a_total_that_changes(self, opintopolku, read, change):
        page = opintopolku.page
        opintopolku.page = lambda number, size: {
            **page(number, size),
            "total": 5 + change * (number > 1),
        }
        assert f"had 5 hits and has {5 + change} on page 2" in message(read)

    @pytest.mark.parametrize("total", [None, "5", True, -1, 10**12, 1.5])
    def test_a_total_that_is_none(self, opintopolku, read, total):
        opintopolku.total = total
        assert "no `total`" in message(read) or "narrow the search" in message(read)

    @pytest.mark.parametrize("answer", [b"[]", b"{}", b'[{"oid": "1"}]', b'{"oid": "1"}', b"null"])
    def test_an_answer_of_another_kind(self, opintopolku, read, answer):
        opintopolku.server.answers[PATH] = body(answer)
        assert "search" in message(read)

    def test_hits_without_end(self, opintopolku, read):
        assert "is larger than" in message(read, most_bytes=2000)
