"""Run the migrations on the connection that coaching/db.py opened."""

from alembic import context

from coaching.db import VERSION_TABLE
from coaching.desk_models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
