"""What a new home gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from catalog.db import session_factory
from catalog.index.vectors import count_missing
from catalog.models import StudyOption
from opastin.errors import UserError
from opastin.home import ensure_home
from opastin.settings import Settings


@pytest.fixture
def settings(tmp_path):
    home = tmp_path / "new" / "home"
    return Settings(
        home=home,
        catalog_url=f"sqlite:///{home}/catalog.db",
        conversations_url=f"sqlite:///{home}/conversations.db",
        fixed_today=date(2026, 3, 1),
    )


def test_a_new_home_has_something_to_suggest(settings):
    told = []
    ensure_home(settings, told.append)
    with session_factory(settings.catalog_url)() as session:
        assert session.scalar(select(func.count()).select_from(StudyOption)) > 100
        assert count_missing(session.connection()) == 0
    assert len(told) == 1
    assert (settings.home / "conversations.db").exists()


def test_the_sample_is_loaded_anew_on_another_day_only(settings):
    ensure_home(settings, lambda line: None)
    told = []
    ensure_home(settings, told.append)
    assert told == []
    ensure_home(replace(settings, fixed_today=date(2026, 3, 2)), told.append)
    assert len(told) == 1


def test_a_home_that_cannot_be_made_is_the_users_to_mend(settings, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="OPASTIN_HOME"):
        ensure_home(replace(settings, home=tmp_path / "file" / "home"), lambda line: None)
