"""Brings the ODB's schema to today's with Alembic, in one transaction: of two servers that start at once, one waits."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from apitest_server.errors import StartError
from apitest_server.odb.driver import unreachable
from apitest_server.odb.engine import WRITES
from apitest_server.odb.location import Location

MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x61_70_69_74  # An arbitrary number that stands for "migrating" in a PostgreSQL database


def migrate(engine: Engine, where: Location) -> None:
    """Runs the migrations that were not run yet.

    Raises:
        StartError: the ODB cannot be reached, or is newer than this server.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = config()
    try:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
    except SQLAlchemyError as error:
        raise unreachable(where, error) from None
    except CommandError as error:
        raise StartError(
            f"The ODB was made by a newer version of the server: {error}", str(where), "Upgrade this installation"
        ) from None


def config() -> Config:
    """Alembic's settings; there is no alembic.ini."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings
