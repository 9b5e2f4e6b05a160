"""The coaches' desk: accounts, teams, sessions, audit, notes, labels, canned replies, reviews."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ONLY_ADDED_TO = "The audit is only added to."
# What is older may be deleted when its retention is over, by the database's own clock.
AUDIT_IS_KEPT_DAYS = 365


# Plain ALTER TABLE, for the reason given in 0002.
def upgrade() -> None:
    for column in added():
        op.add_column("conversations", column)
    op.create_index("ix_conversations_coach_id", "conversations", ["coach_id"])
    op.create_index("ix_conversations_team_id", "conversations", ["team_id"])
    for column in added_to_callbacks():
        op.add_column("callback_requests", column)
    op.add_column("replies", sa.Column("name", sa.String(64)))
    _create_accounts()
    _create_audit()
    _create_work()
    _create_reviews()
    _create_figures()


def downgrade() -> None:
    for table in (
        "conversation_figures",
        "reviews",
        "canned_replies",
        "conversation_labels",
        "notes",
        "audit",
        "login_failures",
        "coach_sessions",
        "coaches",
        "teams",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_audit()")
    op.drop_index("ix_conversations_coach_id", "conversations")
    op.drop_index("ix_conversations_team_id", "conversations")
    op.drop_column("replies", "name")
    for column in added_to_callbacks():
        op.drop_column("callback_requests", column.name)
    for column in reversed(added()):
        op.drop_column("conversations", column.name)


def _create_accounts() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        *(
            sa.Column(name, sa.JSON(), nullable=False)
            for name in ("places", "fields", "languages", "referrals", "hours")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_teams"),
        sa.UniqueConstraint("name", name="uq_teams_name"),
    )
    op.create_table(
        "coaches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("display_name", sa.String(64), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("one_time_until", MOMENT),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("team_id", sa.Integer()),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("is_available", sa.Boolean(), nullable=False),
        sa.Column("seen_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_coaches"),
        sa.UniqueConstraint("name", name="uq_coaches_name"),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name="fk_coaches_team_id", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_coaches_team_id", "coaches", ["team_id"])
    op.create_table(
        "coach_sessions",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=False),
        sa.Column("form_token", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_coach_sessions"),
        _of_coach("coach_sessions"),
    )
    op.create_index("ix_coach_sessions_coach_id", "coach_sessions", ["coach_id"])
    op.create_index("ix_coach_sessions_used_at", "coach_sessions", ["used_at"])
    op.create_table(
        "login_failures",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_login_failures"),
    )
    op.create_index("ix_login_failures_since", "login_failures", ["since"])


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    for name in ("at", "who", "subject"):
        op.create_index(f"ix_audit_{name}", "audit", [name])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{ONLY_ADDED_TO}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_is_kept BEFORE UPDATE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()"
        )
        op.execute(
            "CREATE TRIGGER audit_is_kept_for_its_time BEFORE DELETE ON audit FOR EACH ROW "
            f"WHEN (OLD.at > now() - interval '{AUDIT_IS_KEPT_DAYS} days') "
            "EXECUTE FUNCTION refuse_change_of_audit()"
        )
        return
    # REPLACE removes a row without asking the trigger on DELETE.
    op.execute(
        "CREATE TRIGGER audit_is_kept_on_replace BEFORE INSERT ON audit "
        "WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED_TO}'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_is_kept_on_update BEFORE UPDATE ON audit "
        f"BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED_TO}'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_is_kept_on_delete BEFORE DELETE ON audit "
        f"WHEN OLD.at > datetime('now', '-{AUDIT_IS_KEPT_DAYS} days') "
        f"BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED_TO}'); END"
    )


def _create_work() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        _of_conversation("notes"),
    )
    op.create_index("ix_notes_conversation_id", "notes", ["conversation_id"])
    op.create_table(
        "conversation_labels",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("label", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "label", name="pk_conversation_labels"),
        _of_conversation("conversation_labels"),
    )
    op.create_index("ix_conversation_labels_label", "conversation_labels", ["label"])
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coach_id", sa.Integer()),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("title", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
        _of_coach("canned_replies"),
    )
    op.create_index("ix_canned_replies_coach_id", "canned_replies", ["coach_id"])


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("intent", sa.String(64)),
        sa.Column("slots", sa.JSON()),
        sa.Column("paraphrase", sa.Text()),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("exported_at", MOMENT),
        sa.PrimaryKeyConstraint("conversation_id", "number", name="pk_reviews"),
        sa.ForeignKeyConstraint(
            ["conversation_id", "number"],
            ["messages.conversation_id", "messages.number"],
            name="fk_reviews_conversation_id_number",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_reviews_verdict", "reviews", ["verdict"])


def _create_figures() -> None:
    op.create_table(
        "conversation_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(16)),
        sa.Column("language", sa.String(2)),
        sa.Column("started_at", MOMENT),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("least_confidence", sa.Integer()),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(20)),
        sa.Column("field", sa.String(4)),
        sa.Column("rating", sa.Integer()),
        sa.Column("saw_options", sa.Boolean(), nullable=False),
        sa.Column("has_plan", sa.Boolean(), nullable=False),
        sa.Column("was_handed_over", sa.Boolean(), nullable=False),
        sa.Column("read_upto", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_conversation_figures"),
        sa.UniqueConstraint("conversation_id", name="uq_conversation_figures_conversation_id"),
        _of_conversation("conversation_figures"),
    )
    for name in ("last_at", "place", "field"):
        op.create_index(f"ix_conversation_figures_{name}", "conversation_figures", [name])


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"],
        ["conversations.id"],
        name=f"fk_{table}_conversation_id",
        ondelete="CASCADE",
    )


def _of_coach(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["coach_id"], ["coaches.id"], name=f"fk_{table}_coach_id", ondelete="CASCADE"
    )


def added() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("coach_id", sa.Integer()),
        sa.Column("team_id", sa.Integer()),
        sa.Column("referral", sa.String(32)),
        sa.Column("urgency", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("waiting_since", MOMENT),
        sa.Column("consented_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("outcome", sa.String(32)),
        sa.Column("read_by_coach", sa.Integer(), nullable=False, server_default="0"),
    )


def added_to_callbacks() -> tuple[sa.Column[Any], ...]:
    return (sa.Column("taken_by", sa.String(64)), sa.Column("done_at", MOMENT))
