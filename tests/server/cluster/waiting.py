"""Waits until something is so; how long that may take is the affair of pytest's own limit, unless it is said."""

import math
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(found: Callable[[], T], seconds: float = math.inf) -> T:
    """The first result that is true.

    Raises:
        TimeoutError: there was none within so many seconds.
    """
    end = time.monotonic() + seconds
    while not (result := found()):
        if time.monotonic() > end:
            raise TimeoutError(f"Within {seconds:g} s it was not so")
        time.sleep(0.005)
    return result
