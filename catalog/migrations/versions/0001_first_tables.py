"""Make the first tables: places, fields, providers, sources, options, texts, offerings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fields",
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.Text(), nullable=False),
        sa.Column("name_sv", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_fields")),
    )
    op.create_table(
        "places",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name_fi", sa.Text(), nullable=False),
        sa.Column("name_sv", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["region"], ["places.code"], name=op.f("fk_places_region_places")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_places")),
    )
    op.create_index(op.f("ix_places_region"), "places", ["region"], unique=False)
    op.create_table(
        "sources",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("sample", sa.Boolean(name="sample"), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sources")),
    )
    op.create_table(
        "providers",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("name_fi", sa.Text(), nullable=True),
        sa.Column("name_sv", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("municipality", sa.String(length=20), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality"], ["places.code"], name=op.f("fk_providers_municipality_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_providers")),
    )
    op.create_table(
        "study_options",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=4), nullable=True),
        sa.Column("known_field", sa.String(length=4), nullable=True),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("credits", sa.Float(), nullable=True),
        sa.Column("credits_min", sa.Float(), nullable=True),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.Column("education_required", sa.String(length=20), nullable=True),
        sa.Column("leads_to_degree", sa.Text(), nullable=True),
        sa.Column("employing", sa.Boolean(name="employing"), nullable=True),
        sa.Column("source_name", sa.String(length=100), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("searchable", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["known_field"], ["fields.code"], name=op.f("fk_study_options_known_field_fields")
        ),
        sa.ForeignKeyConstraint(
            ["source_name"], ["sources.name"], name=op.f("fk_study_options_source_name_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_options")),
    )
    op.create_index(op.f("ix_study_options_field"), "study_options", ["field"], unique=False)
    op.create_index(
        op.f("ix_study_options_source_name"), "study_options", ["source_name"], unique=False
    )
    op.create_index(op.f("ix_study_options_type"), "study_options", ["type"], unique=False)
    op.create_table(
        "offerings",
        sa.Column("option_id", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.String(length=100), nullable=True),
        sa.Column("place", sa.String(length=20), nullable=True),
        sa.Column("modes", sa.Text(), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("weekly_hours", sa.Float(), nullable=True),
        sa.Column("duration_months", sa.Float(), nullable=True),
        sa.Column("price_eur", sa.Float(), nullable=True),
        sa.Column("teaching_languages", sa.Text(), nullable=False),
        sa.Column("apply_from", sa.Date(), nullable=True),
        sa.Column("apply_by", sa.Date(), nullable=True),
        sa.Column("continuous", sa.Boolean(name="continuous"), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["study_options.id"],
            name=op.f("fk_offerings_option_id_study_options"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["place"], ["places.code"], name=op.f("fk_offerings_place_places")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("fk_offerings_provider_id_providers")
        ),
        sa.PrimaryKeyConstraint("option_id", "id", name=op.f("pk_offerings")),
    )
    op.create_index(op.f("ix_offerings_apply_by"), "offerings", ["apply_by"], unique=False)
    op.create_index(op.f("ix_offerings_place"), "offerings", ["place"], unique=False)
    op.create_index(op.f("ix_offerings_provider_id"), "offerings", ["provider_id"], unique=False)
    op.create_table(
        "option_texts",
        sa.Column("option_id", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("outcomes", sa.Text(), nullable=True),
        sa.Column("requirements", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["study_options.id"],
            name=op.f("fk_option_texts_option_id_study_options"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("option_id", "language", name=op.f("pk_option_texts")),
    )


def downgrade() -> None:
    op.drop_table("option_texts")
    op.drop_index(op.f("ix_offerings_provider_id"), table_name="offerings")
    op.drop_index(op.f("ix_offerings_place"), table_name="offerings")
    op.drop_index(op.f("ix_offerings_apply_by"), table_name="offerings")
    op.drop_table("offerings")
    op.drop_index(op.f("ix_study_options_type"), table_name="study_options")
    op.drop_index(op.f("ix_study_options_source_name"), table_name="study_options")
    op.drop_index(op.f("ix_study_options_field"), table_name="study_options")
    op.drop_table("study_options")
    op.drop_table("providers")
    op.drop_table("sources")
    op.drop_index(op.f("ix_places_region"), table_name="places")
    op.drop_table("places")
    op.drop_table("fields")
