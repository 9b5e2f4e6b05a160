"""Create the conversations' tables, and Rasa's, which erasure must reach."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def conversation_id() -> sa.Column[Any]:
    return sa.Column("conversation_id", sa.String(32), nullable=False)


def of_conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"],
        ["conversations.id"],
        name=f"fk_{table}_conversation_id",
        ondelete="CASCADE",
    )


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("plain_language", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_used_at", "conversations", ["used_at"])
    op.create_table(
        "messages",
        conversation_id(),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("client_id", sa.String(64)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text()),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("asked", sa.String(64)),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.Column("intent", sa.String(64)),
        sa.Column("confidence", sa.Float()),
        sa.Column("heard", sa.String(2)),
        sa.Column("slots", sa.JSON()),
        sa.PrimaryKeyConstraint("conversation_id", "number", name="pk_messages"),
        sa.UniqueConstraint(
            "conversation_id", "client_id", name="uq_messages_conversation_id_client_id"
        ),
        of_conversation("messages"),
    )
    op.create_table(
        "replies",
        conversation_id(),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("answers", sa.Integer()),
        sa.Column("is_failure", sa.Boolean(), nullable=False),
        sa.Column("speaker", sa.String(16), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("custom", sa.JSON()),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "number", name="pk_replies"),
        of_conversation("replies"),
    )
    op.create_table(
        "issued_payloads",
        conversation_id(),
        sa.Column("payload", sa.String(2000), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "payload", name="pk_issued_payloads"),
        of_conversation("issued_payloads"),
    )
    op.create_table(
        "callback_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        conversation_id(),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_callback_requests"),
        of_conversation("callback_requests"),
    )
    op.create_index(
        "ix_callback_requests_conversation_id", "callback_requests", ["conversation_id"]
    )
    op.create_table(
        "handoff_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        conversation_id(),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("why", sa.String(64), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_changes"),
        of_conversation("handoff_changes"),
    )
    op.create_index("ix_handoff_changes_conversation_id", "handoff_changes", ["conversation_id"])
    op.create_table(
        "erased",
        sa.Column("id_hash", sa.String(64), nullable=False),
        sa.Column("erased_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name="pk_erased"),
    )
    create_tables_of_rasa()


def create_tables_of_rasa() -> None:
    """Create what Rasa's own start may have created before us."""
    existing = sa.inspect(op.get_bind()).get_table_names()
    if "events" not in existing:
        op.create_table(
            "events",
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("sender_id", sa.String(255), nullable=False),
            sa.Column("type_name", sa.String(255), nullable=False),
            sa.Column("timestamp", sa.Float()),
            sa.Column("intent_name", sa.String(255)),
            sa.Column("action_name", sa.String(255)),
            sa.Column("data", sa.Text()),
            sa.PrimaryKeyConstraint("id", name="pk_events"),
        )
        op.create_index("ix_events_sender_id", "events", ["sender_id"])
    if "tracker_snapshots" not in existing:
        op.create_table(
            "tracker_snapshots",
            sa.Column("sender_id", sa.Text(), nullable=False),
            sa.Column("watermark", sa.Integer(), nullable=False),
            sa.Column("state", sa.Text(), nullable=False),
            sa.Column("updated", sa.Float(), nullable=False),
            sa.PrimaryKeyConstraint("sender_id", name="pk_tracker_snapshots"),
        )
