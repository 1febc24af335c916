"""How many probes a run of the tests made, and how many of them were wrong: numbers that cross processes."""

from collections.abc import Iterable, Sequence

import pytest

_MADE, _WRONG = "probes made", "probes that were wrong"


def count(node: pytest.Item, made: int, wrong: Sequence[str]) -> None:
    """Writes the numbers into a test's report."""
    node.user_properties += [(_MADE, made), (_WRONG, len(wrong))]


def totals(reports: Iterable[pytest.TestReport]) -> tuple[int, int]:
    """How many probes the tests of these reports made, and how many of them were wrong."""
    properties = [each for report in reports if report.when == "call" for each in report.user_properties]
    made, wrong = (sum(int(str(n)) for name, n in properties if name == kind) for kind in (_MADE, _WRONG))
    return made, wrong
