"""A broker on an ODB, with one topic and one endpoint of each type that may do everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.odb import ODB
from tests.server.conftest import copy
from tests.server.pubsub.place import Place, until
from tests.server.runner import Runner


@pytest.fixture
def odb(odb_url: str, tmp_path: Path, template: ODB) -> Iterator[ODB]:
    """An ODB with its schema, which is copied where it can be."""
    odb = ODB(odb_url, tmp_path)
    if odb.where.path is not None:
        copy(template, odb)
    odb.load()
    yield odb
    odb.close()


@pytest.fixture
def place(odb: ODB) -> Iterator[Place]:
    """A server's broker that has started."""
    with Place(odb) as place:
        yield place


@pytest.fixture
def two(odb: ODB) -> Iterator[tuple[Place, Place]]:
    """Two servers that know of each other, and the topic /a."""
    with Runner() as runner, Place(odb, runner) as one, Place(odb, runner) as other:
        for place in (one, other):
            place.topic("/a", max_depth_non_gd=10_000)
            place.run(place.broker.ready())
        one.run(until(lambda: one.bus.peers() and other.bus.peers()))
        yield one, other
