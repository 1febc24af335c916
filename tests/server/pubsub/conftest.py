"""A broker on an ODB, with one topic and one endpoint of each type that may do everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.odb import ODB
from tests.server.pubsub.place import Place


@pytest.fixture
def odb(odb_url: str, tmp_path: Path) -> Iterator[ODB]:
    """An ODB with its schema."""
    odb = ODB(odb_url, tmp_path)
    odb.load()
    yield odb
    odb.close()


@pytest.fixture
def place(odb: ODB) -> Iterator[Place]:
    """A server's broker that has started."""
    with Place(odb) as place:
        yield place
