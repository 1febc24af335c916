"""Starts a service for the tests that ask for it; where it cannot be had, they are skipped, or fail."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from tests.services.all import SERVICES, Service
from tests.services.installation import Unavailable, required

T = TypeVar("T")
S = TypeVar("S", bound=Service)


def started(name: str) -> Service:
    """The service of a name, started; the tests that need it are skipped where this machine cannot have it."""
    return had(name, SERVICES[name])


def own(kind: type[S]) -> Iterator[S]:
    """A service for a fixture to yield, whose tests have it to themselves, until they have ended."""
    service = had(next(name for name, one in SERVICES.items() if one is kind), kind)
    yield service
    service.stop()


def had(name: str, get: Callable[[], T]) -> T:
    """What a test needs of this machine; the test is skipped where it cannot be had, or fails where it has to be."""
    try:
        return get()
    except Unavailable as reason:
        if required():
            pytest.fail(f"{name} cannot be had, and this run may not go without it: {reason}")
        pytest.skip(f"{name}: {reason}")
