"""An ODB with its schema."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.odb import ODB


@pytest.fixture
def odb(odb_url: str, tmp_path: Path) -> Iterator[ODB]:
    """A new ODB with its schema."""
    odb = ODB(odb_url, tmp_path)
    assert odb.load() == []
    yield odb
    odb.close()
