"""Tests of apitest_server.odb.migration: the migrations make the schema that the models describe."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from apitest_server.odb import ODB, audit_models
from apitest_server.odb.migration import config
from apitest_server.odb.sso_models import Base
from apitest_server.odb.start import HEAD


def test_the_newest_migration_is_the_one_that_a_start_expects() -> None:
    """There is one line of migrations, and it ends at HEAD."""
    assert ScriptDirectory.from_config(config()).get_heads() == [HEAD]


def test_migrations_and_models_agree(odb: ODB) -> None:
    """Alembic finds nothing that it would have to change."""
    assert audit_models.Base is Base
    with odb.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
