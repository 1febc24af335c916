"""An ODB with its schema, of each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.odb import ODB


@pytest.fixture
def odb(tmp_path: Path, odb_url: str) -> Iterator[ODB]:
    """A new one."""
    made = ODB(odb_url, tmp_path)
    made.load()
    yield made
    made.close()
