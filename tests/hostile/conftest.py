"""Fixtures of the tests against hostile servers and files, and the number of attempts at the end of a run."""

from collections.abc import Iterator

import pytest

from tests.apitest.conftest import play
from tests.apitest.runner.running import runs
from tests.attempts import Attempts
from tests.hostile.server import Hostile

__all__ = ["play", "runs"]


@pytest.fixture
def attempts(request: pytest.FixtureRequest) -> Iterator[Attempts]:
    """Counts the attempts of a test; those that got through fail it."""
    counted = Attempts()
    yield counted
    counted.count(request.node)
    counted.verdict()


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
