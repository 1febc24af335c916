"""Fixtures of the tests against hostile servers and files."""

from collections.abc import Iterator

import pytest

from tests.apitest.conftest import play, websockets
from tests.apitest.runner.running import runs
from tests.hostile.server import Hostile

__all__ = ["play", "runs", "websockets"]


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """A server that the test tells how to behave."""
    server = Hostile()
    yield server
    server.close()


@pytest.fixture
def elsewhere() -> Iterator[Hostile]:
    """A second server, another origin than the first."""
    server = Hostile()
    yield server
    server.close()
