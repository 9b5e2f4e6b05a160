"""Count searches that found nothing near enough, without the person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


# Plain ALTER TABLE: to copy the table, as SQLite does in a batch, would delete by cascade all that
# hangs on it.
def upgrade() -> None:
    op.add_column("conversations", sa.Column("counted", sa.JSON(), nullable=True))
    op.create_table(
        "demand",
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("place", sa.String(20), nullable=False),
        sa.Column("field", sa.String(2), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("searches", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "week", "place", "field", "type", "mode", "kind", name="pk_demand"
        ),
    )


def downgrade() -> None:
    op.drop_table("demand")
    op.drop_column("conversations", "counted")
