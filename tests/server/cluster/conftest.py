"""An ODB on each of the two databases, as two servers have it open that share its key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.odb import ODB


@pytest.fixture
def odb(tmp_path: Path, odb_url: str) -> Iterator[ODB]:
    found = ODB(odb_url, tmp_path)
    found.load()
    yield found
    found.close()
