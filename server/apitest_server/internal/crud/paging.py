"""PURE  Pages of lists: what callers ask for, and what they are told about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apitest_server.errors import InputError

DEFAULT_SIZE = 50
LARGEST = 1000
LAST = 1_000_000
LONGEST = 1000  # characters that are searched for: less than any database takes


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; the first one is 1. Without a size it is the whole list."""

    number: int = 1
    size: int | None = None

    @property
    def start(self) -> int:
        """The index of its first row."""
        return (self.number - 1) * (self.size or 0)

    def meta(self, total: int) -> dict[str, Any]:
        """What is said about it, next to the rows."""
        size = self.size or max(total, 1)
        pages = max(1, -(-total // size))
        has_next, has_previous = self.number < pages, self.number > 1
        return {
            "total": total,
            "page_size": size,
            "num_pages": pages,
            "cur_page": self.number,
            "has_prev_page": has_previous,
            "prev_page": self.number - 1 if has_previous else None,
            "has_next_page": has_next,
            "next_page": self.number + 1 if has_next else None,
        }

    def cut(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The part of a whole list that is on the page."""
        return rows if self.size is None else rows[self.start : self.start + self.size]


def page(given: Mapping[str, Any]) -> Page:
    """The page that ``cur_page``, ``page_size`` and ``paginate`` ask for; without all of them the whole list.

    Raises:
        InputError: there can be no such page.
    """
    number, size = given.get("cur_page"), given.get("page_size")
    if number is None and size is None and not given.get("paginate"):
        return Page()
    number, size = 1 if number is None else number, DEFAULT_SIZE if size is None else size
    if not 1 <= number <= LAST:
        raise InputError("cur_page", f"must be from 1 to {LAST}")
    if not 1 <= size <= LARGEST:
        raise InputError("page_size", f"must be from 1 to {LARGEST}")
    return Page(number, size)


def searched(given: Mapping[str, Any], name: str = "query") -> str:
    """The text that a field asks to look for; empty where it is not given.

    Raises:
        InputError: it is too long.
    """
    text: str = given[name] or ""
    if len(text) > LONGEST:
        raise InputError(name, f"is too long: it has {len(text)} characters and may have {LONGEST}")
    return text
