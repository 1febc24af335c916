"""A server, on both databases, that has the services of the things."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.deploy.discovery import services_of_module
from tests.server.asgi import Client, served
from tests.server.internal.crud import things


@pytest.fixture
def client(tmp_path: Path, odb_url: str) -> Iterator[Client]:
    conf = f"[odb]\nurl = {odb_url}\n" if odb_url else ""
    with served(tmp_path, conf) as client:
        client.app.store.deploy(services_of_module(things, internal=True))
        yield client
