"""Say what a route leads to and asks for, who funds it, and how work is found in a field."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLE = "study_options"
NEW_COLUMNS = (
    "language_required",
    "leads_to_sv",
    "leads_to_en",
    "leads_to_level",
    "route_credits",
    "route_grade",
    "route_apply_by",
    "route_round",
    "funding",
)


# Plain ALTER TABLE: to copy the table, as SQLite does in a batch, would delete by cascade all that
# hangs on it.
def upgrade() -> None:
    op.execute(f"ALTER TABLE {TABLE} RENAME COLUMN leads_to_degree TO leads_to_fi")
    for name in ("language_required", "funding"):
        op.add_column(TABLE, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in ("leads_to_sv", "leads_to_en", "route_grade"):
        op.add_column(TABLE, sa.Column(name, sa.Text(), nullable=True))
    for name in ("leads_to_level", "route_round"):
        op.add_column(TABLE, sa.Column(name, sa.String(length=20), nullable=True))
    op.add_column(TABLE, sa.Column("route_credits", sa.Float(), nullable=True))
    op.add_column(TABLE, sa.Column("route_apply_by", sa.Date(), nullable=True))
    op.create_table(
        "outlooks",
        sa.Column("field", sa.String(length=4), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("sample", sa.Boolean(name="sample"), nullable=False),
        sa.Column("outlook", sa.String(length=20), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region"], ["places.code"], name=op.f("fk_outlooks_region_places")
        ),
        sa.PrimaryKeyConstraint("field", "region", "sample", name=op.f("pk_outlooks")),
    )


def downgrade() -> None:
    op.drop_table("outlooks")
    for name in NEW_COLUMNS:
        op.drop_column(TABLE, name)
    op.execute(f"ALTER TABLE {TABLE} RENAME COLUMN leads_to_fi TO leads_to_degree")
