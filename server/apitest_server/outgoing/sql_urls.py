"""An outgoing SQL connection's definition -> what SQLAlchemy makes an engine of."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql"}
_TIMEOUTS = {"sqlite": "timeout", "postgresql": "connect_timeout", "mysql": "connect_timeout"}


def url(fields: Mapping[str, Any], secrets: Mapping[str, str], directory: Path) -> URL:
    """The URL of a database.

    Args:
        fields: of the definition.
        secrets: its own, ``password`` and ``secret_extra``.
        directory: where the relative path of an SQLite file begins.
    """
    engine, name = fields["engine"], fields["db_name"]
    if engine == "sqlite":
        return URL.create(DRIVERS[engine], database=str(directory / name))
    return URL.create(
        DRIVERS[engine],
        username=fields.get("username") or None,
        password=secrets.get("password") or None,
        host=fields["host"],
        port=fields.get("port") or None,
        database=name,
        query={**extra(fields.get("extra", "")), **extra(secrets.get("secret_extra", ""))},
    )


def options(fields: Mapping[str, Any]) -> dict[str, Any]:
    """How the engine keeps its connections: so many, checked before each use, and nobody waits for ever."""
    timeout = fields.get("timeout", 10)
    return {
        "pool_size": fields.get("pool_size", 5),
        "max_overflow": 0,
        "pool_timeout": timeout,
        "pool_pre_ping": True,
        "hide_parameters": True,  # Of statements, in the text of errors
        "connect_args": {_TIMEOUTS[fields["engine"]]: timeout},
    }


def extra(text: str) -> dict[str, str]:
    """Options of the driver, one ``name=value`` a line."""
    parts = (line.partition("=") for line in text.splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, _, value in parts}
