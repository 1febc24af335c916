"""Hashes of passwords that take what argon2 takes at least: to make, and, since a hash says how, to verify."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from apitest_server.security import passwords


@contextmanager
def cheap() -> Iterator[None]:
    """Those that are made meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_TIME", 1)
        patch.setattr(passwords, "_MEMORY", 8)
        yield


def hashed(password: str) -> str:
    """One of them, for a module's constants, which are made before any fixture."""
    with cheap():
        return passwords.hashed(password)
