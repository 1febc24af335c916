"""An ODB on each of the two databases, as two servers have it open that share its key; and two such servers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.odb import ODB
from tests.server.cluster.pair import Pair, running
from tests.server.conftest import new_database


@pytest.fixture
def odb(tmp_path: Path, odb_url: str) -> Iterator[ODB]:
    found = ODB(odb_url, tmp_path)
    found.load()
    yield found
    found.close()


@pytest.fixture(scope="package", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    urls = [""] if request.param == "sqlite" else new_database(request.getfixturevalue("postgresql_url"))
    for url in urls:
        with running(tmp_path_factory.mktemp("pair"), url) as made:
            yield made
