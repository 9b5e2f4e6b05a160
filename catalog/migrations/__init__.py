"""Alembic migrations of the catalogue; `catalog.db.upgrade` runs them."""
