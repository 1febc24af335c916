"""An ODB on each of the two databases: the same tests run on both."""

from collections.abc import Iterator
from uuid import uuid4

import pytest


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def odb_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database that nothing is in yet, as server.conf has it."""
    if request.param == "sqlite":
        yield ""
        return
    yield from new_database(request.getfixturevalue("postgresql_url"))


def new_database(url: str) -> Iterator[str]:
    import psycopg

    name = f"odb_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{url.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
