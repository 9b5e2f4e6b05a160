"""Keep what search needs: terms of texts, vectors of meanings, and which state is stored."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Terms are made by the code, not here: it fills the index when it sees that it is behind.
    op.create_table(
        "search_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(32), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_state"),
    )
    op.create_table(
        "search_entries",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["study_options.id"],
            name="fk_search_entries_option_id_study_options",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name="pk_search_entries"),
        sa.UniqueConstraint("option_id", name="uq_search_entries_option_id"),
    )
    op.create_table(
        "option_vectors",
        sa.Column("option_id", sa.String(100), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["study_options.id"],
            name="fk_option_vectors_option_id_study_options",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("option_id", name="pk_option_vectors"),
    )
    for statement in TERMS[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_column("study_options", "searchable")


def downgrade() -> None:
    op.add_column(
        "study_options", sa.Column("searchable", sa.Text(), nullable=False, server_default="")
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_postings")
    op.execute("DROP TABLE search_terms")
    for table in ("option_vectors", "search_entries", "search_state"):
        op.drop_table(table)


# The tokenizer "ascii" cuts at spaces and leaves the terms as they are. One row of
# `search_postings` is one term in one column of one entry.
TERMS = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_terms USING fts5"
        "(titles, keywords, rest, tokenize='ascii', detail='column', columnsize=0)",
        "CREATE VIRTUAL TABLE search_postings USING fts5vocab(search_terms, instance)",
    ),
    # The vectors of terms stay out of the rows, so that those found lie on few pages.
    "postgresql": (
        "CREATE TABLE search_terms (number integer PRIMARY KEY, terms tsvector NOT NULL)"
        " WITH (toast_tuple_target = 128)",
        "ALTER TABLE search_terms ALTER COLUMN terms SET STORAGE EXTERNAL",
        "CREATE INDEX ix_search_terms_terms ON search_terms USING gin (terms)"
        " WITH (gin_pending_list_limit = 32768)",
    ),
}
