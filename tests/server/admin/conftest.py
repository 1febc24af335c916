"""A visitor of web-admin."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.admin.visitor import Visitor, visiting


@pytest.fixture
def visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    """One who has signed in."""
    with visiting(tmp_path, monkeypatch) as found:
        yield found
