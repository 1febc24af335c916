"""An ODB with its schema."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.odb import ODB
from tests.server.conftest import copy


@pytest.fixture
def odb(odb_url: str, tmp_path: Path, template: ODB) -> Iterator[ODB]:
    """A new ODB with its schema; only that is copied where it can be, all else is the product's."""
    odb = ODB(odb_url, tmp_path)
    if odb.where.path is not None:
        copy(template, odb)
    assert odb.load() == []
    yield odb
    odb.close()
