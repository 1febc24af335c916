"""A server with something in its cache."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.services import call

ENTRY = "zato.cache.builtin.entry."


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server with three entries in its default cache."""
    with served(tmp_path) as client:
        for key, value in {"user:1": {"a": 1}, "user:2": None, "order:1": [1]}.items():
            call(client, ENTRY + "set", {"key": key, "value": value if value is not None else 0, "expiry": 60})
        yield client
