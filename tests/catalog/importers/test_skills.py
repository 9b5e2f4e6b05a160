from __future__ import annotations

from catalog.importers.skills import listed_skills, skills_of


def test_skills_stand_in_one_line_each_without_semicolons_and_once():
    assert skills_of(["hitsaus;  MIG.", "", " hitsaus, MIG", "x" * 101]) == ("hitsaus, MIG",)


def test_no_source_gives_skills_without_end():
    assert len(skills_of(map(str, range(1000)))) == 50


def test_only_the_points_of_a_list_are_skills():
    outcomes = {"fi": "Opit paljon:\n- hitsaus\n- mittaus", "sv": "Du lär dig mycket."}
    assert listed_skills(outcomes) == {"fi": ("hitsaus", "mittaus")}
