"""Search in transcripts: the stems of each conversation, and indexes for filters and reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# The words between quotes are FTS5's: without positions, since no phrases are looked for.
FULL_TEXT = """
CREATE VIRTUAL TABLE transcript_index USING fts5(
  terms, content='conversation_words', content_rowid='id', detail=none, columnsize=0,
  tokenize="unicode61 remove_diacritics 0 tokenchars '_'"
)
"""
ADD = "INSERT INTO transcript_index(rowid, terms) VALUES (new.id, new.terms);"
# An index without a copy of its texts must be told what to take out.
TAKE_OUT = (
    "INSERT INTO transcript_index(transcript_index, rowid, terms)"
    " VALUES ('delete', old.id, old.terms);"
)
TRIGGERS = (
    ("added", "INSERT", ADD),
    ("changed", "UPDATE OF terms", TAKE_OUT + ADD),
    ("removed", "DELETE", TAKE_OUT),
)


# Plain ALTER TABLE, for the reason given in 0002.
def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "conversation_words",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("terms", TSVECTOR() if is_postgresql else sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversation_words"),
        sa.UniqueConstraint("conversation_id", name="uq_conversation_words_conversation_id"),
        sa.ForeignKeyConstraint(
            ["id"],
            ["conversation_figures.id"],
            name="fk_conversation_words_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_conversation_words_conversation_id",
            ondelete="CASCADE",
        ),
    )
    if is_postgresql:
        op.execute("CREATE INDEX transcript_index ON conversation_words USING gin (terms)")
    else:
        op.execute(FULL_TEXT)
        for name, event, action in TRIGGERS:
            op.execute(
                f"CREATE TRIGGER conversation_words_{name} AFTER {event} ON conversation_words "
                f"BEGIN {action} END"
            )
    op.create_index("ix_conversations_outcome", "conversations", ["outcome"])
    op.create_index("ix_messages_confidence", "messages", ["confidence"])
    op.create_index("ix_messages_intent_sent_at", "messages", ["intent", "sent_at"])


def downgrade() -> None:
    op.drop_index("ix_messages_intent_sent_at", "messages")
    op.drop_index("ix_messages_confidence", "messages")
    op.drop_index("ix_conversations_outcome", "conversations")
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TABLE transcript_index")
    op.drop_table("conversation_words")
