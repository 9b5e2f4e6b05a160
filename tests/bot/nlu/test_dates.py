"""When to begin, said in relative and absolute ways on 22 November 2026."""

from __future__ import annotations

from datetime import date

import pytest


@pytest.mark.parametrize(
    ("text", "asked", "days"),
    [
        ("heti", None, ["2026-11-22"]),
        ("mahdollisimman pian", None, ["2026-11-22"]),
        ("voin aloittaa tammikuussa", None, ["2027-01-31"]),
        ("ensi syksynä", None, ["2027-08-31"]),
        ("ensi keväänä", None, ["2027-05-31"]),
        ("syksyllä 2027", None, ["2027-08-31"]),
        ("keväällä vois alkaa", None, ["2027-05-31"]),
        ("kesän jälkeen", None, ["2027-08-31"]),
        ("ensi vuonna", None, ["2027-12-31"]),
        ("joulun jälkeen", None, ["2027-01-31"]),
        ("kahden viikon päästä", None, ["2026-12-06"]),
        ("kuukauden päästä", None, ["2026-12-22"]),
        ("3 kk päästä", None, ["2027-02-22"]),
        ("ensi viikolla", None, ["2026-11-29"]),
        ("ensi kuussa", None, ["2026-12-31"]),
        ("1.9.2027", None, ["2027-09-01"]),
        ("15.1. alkaen", None, ["2027-01-15"]),
        ("1. syyskuuta", None, ["2027-09-01"]),
        ("elokuuhun mennessä", None, ["2027-08-31"]),
        ("syyskuussa 2028", None, ["2028-09-30"]),
        ("genast", None, ["2026-11-22"]),
        ("i januari", None, ["2027-01-31"]),
        ("nästa höst", None, ["2027-08-31"]),
        ("till våren", None, ["2027-05-31"]),
        ("om två veckor", None, ["2026-12-06"]),
        ("as soon as possible", None, ["2026-11-22"]),
        ("in January", None, ["2027-01-31"]),
        ("next autumn", None, ["2027-08-31"]),
        ("in two months", None, ["2027-01-22"]),
        ("I can start in May", None, ["2027-05-31"]),
        ("nyt", "start_by", ["2026-11-22"]),
        ("1.9.", "start_by", ["2027-09-01"]),
        ("syksyllä", "start_by", ["2027-08-31"]),
        ("valmistuin keväällä", None, []),
        ("viime syksynä jäin työttömäksi", None, []),
        ("I was laid off last autumn", None, []),
        ("en heti", None, []),
        ("olen syntynyt 1.9.1980", None, []),
        ("may I ask something", None, []),
        ("nyt en tiedä", None, []),
        ("MUN PITÄÄ ALOTTAA VIIMEISTÄÄN 1.2.", None, ["2027-02-01"]),
        ("börjar gärna senast 1.3", None, ["2027-03-01"]),
        ("i need to start before May", None, ["2027-04-30"]),
        ("start by 1 March", None, ["2027-03-01"]),
        ("potkut tuli lokakuussa", None, []),
        ("lomautettu huhtikuuhun asti", None, []),
        ("permitterad till april", None, []),
        ("fired in spring when the factory closed", None, []),
        ("call me tomorrow", None, []),
        ("delete everything now", None, []),
        ("start before the end of March", None, ["2027-03-31"]),
        ("my daughter starts school in August", None, []),
        ("1.1.99999", "start_by", []),
        ("v1.2.3", "start_by", []),
        ("31.12.2999", "start_by", []),
        ("15.1. 20 tuntia viikossa", "start_by", ["2027-01-15"]),
        ("om ett halvår", "start_by", ["2027-05-22"]),
        ("puolen vuoden päästä", "start_by", ["2027-05-22"]),
        ("ensi viikon maanantaina", "start_by", ["2026-11-23"]),
        ("next monday", "start_by", ["2026-11-23"]),
        ("heti kun mahdollista", "start_by", ["2026-11-22"]),
    ],
)
def test_start(values, text, asked, days):
    assert values("start_by", text, asked) == days


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 8, 1), "2026-08-31"),
        (date(2026, 10, 5), "2027-08-31"),
        (date(2026, 3, 1), "2026-08-31"),
    ],
)
def test_next_autumn_is_never_the_one_that_runs(values, today, day):
    assert values("start_by", "ensi syksynä", None, today) == [day]


def test_a_month_that_runs_counts(values):
    assert values("start_by", "tammikuussa", "start_by", date(2027, 1, 10)) == ["2027-01-31"]
