"""What Alembic runs for a migration: on the connection, and in the transaction, that ``odb.migration`` opened."""

from alembic import context

from apitest_server.odb.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
