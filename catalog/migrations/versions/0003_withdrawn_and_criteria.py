"""Remember when a source gave an option up, and how what is learnt is assessed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


# Plain ALTER TABLE: to copy the table, as SQLite does in a batch, would delete by cascade all that
# hangs on it.
def upgrade() -> None:
    op.add_column("study_options", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.add_column("option_texts", sa.Column("criteria", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("option_texts", "criteria")
    op.drop_column("study_options", "withdrawn_on")
