"""Attempts to do harm, counted: how many were made, and how many of them got through."""

from collections.abc import Iterable

import pytest

_MADE, _GOT_THROUGH = "attempts made", "attempts that got through"


class Attempts:
    """The attempts of one test; they are counted in the test's report, which crosses processes."""

    def __init__(self) -> None:
        self._made = 0
        self._failed: list[str] = []

    def held(self, held: bool, attempt: str) -> None:
        """Counts one attempt.

        Args:
            held: whether the product held.
            attempt: what was tried, and what came of it.
        """
        self._made += 1
        if not held:
            self._failed.append(attempt)

    @property
    def made(self) -> int:
        """How many there were so far."""
        return self._made

    def count(self, node: pytest.Item) -> None:
        """Writes the numbers into the test's report."""
        node.user_properties += [(_MADE, self._made), (_GOT_THROUGH, len(self._failed))]

    def verdict(self) -> None:
        """Fails where an attempt got through, and where none was made."""
        assert self._made, "no attempt was made"
        told = "\n".join(failed[:300] for failed in self._failed[:40])
        assert not self._failed, f"{len(self._failed)} attempts got through:\n{told}"


def totals(reports: Iterable[pytest.TestReport]) -> tuple[int, int]:
    """How many attempts the tests of these reports made, and how many of them got through."""
    properties = [each for report in reports if report.when == "teardown" for each in report.user_properties]
    made, got_through = (sum(int(str(n)) for name, n in properties if name == kind) for kind in (_MADE, _GOT_THROUGH))
    return made, got_through
