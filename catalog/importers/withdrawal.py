"""Mark the options that a source has given up: a saved one stays, and says that it has ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalog.importers.store import ImportReport
from catalog.index.revision import renew_revision
from catalog.models import StudyOption
from opastin.errors import UserError

# More than this of a source seldom goes at once, but a file that was cut off lacks it.
LARGEST_LOSS = 0.2
AT_ONCE = 500


def withdraw_others(
    session: Session,
    reports: Mapping[str, Sequence[ImportReport]],
    *,
    today: date,
    allow_shrink: bool = False,
) -> None:
    """Mark what a source has in the catalogue and its reports do not name, and note how much.

    A refused document keeps what is stored of it. Raises UserError where more than a fifth of a
    source would go, unless `allow_shrink`. The caller commits.
    """
    for source, of_source in reports.items():
        kept = {id_ for report in of_source for id_ in report.ids}
        refused = (refusal for report in of_source for refusal in report.refused)
        # Some labels are the id itself, or begin with it.
        kept |= {refusal.option or refusal.document.split(" ", 1)[0] for refusal in refused}
        count = _withdraw(session, source, kept, today=today, allow_shrink=allow_shrink)
        for report in of_source:
            report.withdrawn = 0
        of_source[-1].withdrawn = count


def _withdraw(
    session: Session, source: str, kept: set[str], *, today: date, allow_shrink: bool
) -> int:
    query = select(StudyOption.id).where(
        StudyOption.source_name == source, StudyOption.withdrawn_on.is_(None)
    )
    stored = session.scalars(query).all()
    gone = sorted(set(stored) - kept)
    if len(gone) > LARGEST_LOSS * len(stored) and not allow_shrink:
        raise UserError(
            f"{len(gone)} of the {len(stored)} options of {source} would be withdrawn; see whether "
            "the import is whole, then repeat it with --allow-shrink if they are to go."
        )
    for start in range(0, len(gone), AT_ONCE):
        session.execute(
            update(StudyOption)
            .where(StudyOption.id.in_(gone[start : start + AT_ONCE]))
            .values(withdrawn_on=today)
            .execution_options(synchronize_session=False)
        )
    if gone:
        renew_revision(session.connection())
    return len(gone)
