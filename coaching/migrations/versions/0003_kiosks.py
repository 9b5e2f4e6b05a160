"""Kiosks and the visits to them, pages to take home, and tickets to go on with on a phone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


# Plain ALTER TABLE, for the reason given in 0002.
def upgrade() -> None:
    op.add_column("conversations", sa.Column("kiosk", sa.String(32), nullable=True))
    op.add_column("conversations", sa.Column("ended_at", MOMENT, nullable=True))
    op.create_index("ix_conversations_kiosk", "conversations", ["kiosk"])
    op.create_table(
        "kiosks",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("token_hash", sa.String(64)),
        sa.Column("code_hash", sa.String(64)),
        sa.Column("code_expires_at", MOMENT),
        sa.Column("pin_hash", sa.String(200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("enrolled_at", MOMENT),
        sa.Column("seen_at", MOMENT),
        sa.Column("visits_on", sa.Date()),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(32)),
        sa.Column("last_error_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_kiosks"),
        sa.UniqueConstraint("name", name="uq_kiosks_name"),
        sa.UniqueConstraint("code_hash", name="uq_kiosks_code_hash"),
    )
    op.create_table(
        "take_home_pages",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(32)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("plain_language", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON()),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_take_home_pages"),
        sa.UniqueConstraint("conversation_id", name="uq_take_home_pages_conversation_id"),
        of_conversation("take_home_pages"),
    )
    op.create_index("ix_take_home_pages_expires_at", "take_home_pages", ["expires_at"])
    op.create_table(
        "tickets",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name="pk_tickets"),
        sa.UniqueConstraint("conversation_id", name="uq_tickets_conversation_id"),
        of_conversation("tickets"),
    )


def downgrade() -> None:
    op.drop_table("tickets")
    op.drop_table("take_home_pages")
    op.drop_table("kiosks")
    op.drop_index("ix_conversations_kiosk", "conversations")
    op.drop_column("conversations", "ended_at")
    op.drop_column("conversations", "kiosk")


def of_conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"],
        ["conversations.id"],
        name=f"fk_{table}_conversation_id",
        ondelete="CASCADE",
    )
