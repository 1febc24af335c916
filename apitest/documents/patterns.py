"""Searches with regular expressions as Python's re module has them, which end in time on any text.

A search may take exponentially long: ``(a+)+$`` does, on 40 characters. The package regex stops one when its time is
over; `pattern_syntax` makes it read a pattern as re does.
"""

import re
import warnings
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from apitest.documents.pattern_syntax import translated
from apitest.errors import BadValue, SearchStopped
from apitest.language.shortening import cut

if TYPE_CHECKING:
    import regex

SECONDS = 5.0  # that all searches of one step have together

Clock = Callable[[], float]
T = TypeVar("T")

_until: ContextVar[tuple[Clock, float] | None] = ContextVar("_until", default=None)


def restart(clock: Clock | None = None) -> None:
    """A step, or one more attempt of it, begins: its searches have `SECONDS` from now on.

    Args:
        clock: counts seconds; without it, the clock of the step goes on.
    """
    now = _until.get()
    clock = clock or (now and now[0])
    if clock:
        _until.set((clock, clock() + SECONDS))


def in_time(search: Callable[[float], T], pattern: str) -> T:
    """What a search comes to.

    Args:
        search: is given the seconds that are left, the timeout of the methods of regex.
        pattern: what is searched for, told if time is over.

    Raises:
        SearchStopped: the search did not end in time.
    """
    now = _until.get()
    left = now[1] - now[0]() if now else SECONDS
    try:
        return search(max(left, 0.001))
    except (TimeoutError, MemoryError):
        raise SearchStopped(
            f"The search for a regular expression took more than {SECONDS:g} seconds and was stopped: {cut(pattern)}",
            fix="Write it without repetitions in repetitions, such as (a+)+, and without .* behind .*",
        ) from None


def find(pattern: str, text: str) -> "regex.Match[str] | None":
    """The first place of a text that a pattern matches; raises as `in_time` and `compiled` do."""
    search = compiled(pattern).search
    return in_time(lambda seconds: search(text, timeout=seconds), pattern)


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: int = 0) -> "regex.Pattern[str]":
    """A regular expression as Python's re module reads it; but ``$`` is not ahead of the line break at a text's end.

    Raises:
        BadValue: it is not valid, or larger than can be compiled.
    """
    import regex  # here, since not every project needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # those of re about what it may mean in the future
            meant = re.compile(pattern, flags).flags
            return regex.compile(translated(pattern, meant), flags, cache_pattern=False)
    except re.error as error:
        line = pattern.splitlines()[(error.lineno or 1) - 1] if pattern.strip() else pattern
        excerpt = f"{line}\n{' ' * ((error.colno or 1) - 1)}^"
        raise BadValue(f"The pattern is not a valid regular expression: {error.msg}", excerpt=excerpt) from None
    except (regex.error, OverflowError, RecursionError, MemoryError):
        raise BadValue(f"The pattern is too large or too deep: {cut(pattern)}") from None
