from __future__ import annotations

import pytest

from catalog.importers.named_types import type_named_in


@pytest.mark.parametrize(
    ("title", "type_"),
    [
        ("Sosionomin polkuopinnot", "path_studies"),
        ("Avoimen väylä: oikeustiede", "open_university_path"),
        ("Data literacy, micro-credential", "micro_credential"),
        ("Digitaitojen osaamismerkki", "skill_badge"),
        ("Kirjanpito", "course"),
    ],
)
def test_titles_name_types(title, type_):
    assert type_named_in([title], otherwise="course") == type_
