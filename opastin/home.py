"""What a home must have before anything runs: its databases, and something to suggest."""

from __future__ import annotations

from opastin.errors import UserError
from opastin.progress import Progress, say
from opastin.queueing import wait_for_others
from opastin.settings import Settings


def ensure_home(settings: Settings, progress: Progress = say) -> None:
    """Create or upgrade both databases, and load the sample catalogue where it is due."""
    from catalog import db as catalog_db
    from coaching import db as coaching_db

    try:
        # Whoever else uses the machine has no business with what people say.
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The home {settings.home} cannot be made: choose another with OPASTIN_HOME."
        ) from error
    catalog_db.upgrade(settings.catalog_url)
    coaching_db.upgrade(settings.conversations_url)
    _ensure_sample(settings, progress)


def _ensure_sample(settings: Settings, progress: Progress) -> None:
    """Load the sample into an empty catalogue, and anew each day: its dates are relative."""
    from catalog.db import session_factory
    from catalog.sample import load_sample, sample_is_due

    with session_factory(settings.catalog_url, writing=True).begin() as session:
        wait_for_others(session.connection())
        if sample_is_due(session, settings.today()):
            progress("Loading the sample catalogue ...")
            load_sample(session, settings.today())
