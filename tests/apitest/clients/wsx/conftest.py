"""A WSX server."""

from collections.abc import Iterator

import pytest

from tests.apitest.wsx_server import WSXServer


@pytest.fixture
def channel() -> Iterator[WSXServer]:
    """A channel of the test's own."""
    server = WSXServer()
    yield server
    server.close()
