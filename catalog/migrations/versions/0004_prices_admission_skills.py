"""Know prices as ranges, how places are given, and the skills that an option teaches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


# Plain ALTER TABLE: to copy the table, as SQLite does in a batch, would delete by cascade all that
# hangs on it.
def upgrade() -> None:
    op.add_column("offerings", sa.Column("price_max_eur", sa.Float(), nullable=True))
    op.add_column("offerings", sa.Column("admission", sa.String(length=20), nullable=True))
    op.add_column("option_texts", sa.Column("skills", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("option_texts", "skills")
    op.drop_column("offerings", "admission")
    op.drop_column("offerings", "price_max_eur")
