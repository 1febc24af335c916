"""Waits until something is so; how long that may take is the affair of pytest's own limit."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(found: Callable[[], T]) -> T:
    """The first result that is true."""
    while not (result := found()):
        time.sleep(0.005)
    return result
