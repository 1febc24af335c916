"""Starts a service for the tests that ask for it; where it cannot be had, they are skipped, or fail."""

import pytest

from tests.services import SERVICES, Service
from tests.services.installation import Unavailable, required


def started(name: str) -> Service:
    """The service of a name, started; the tests that need it are skipped where this machine cannot have it."""
    try:
        return SERVICES[name]()
    except Unavailable as reason:
        if required():
            pytest.fail(f"{name} cannot be started, and this run may not go without it: {reason}")
        pytest.skip(f"{name}: {reason}")
