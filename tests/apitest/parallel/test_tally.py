"""What parts of a run came to, together."""

import pytest

from apitest.parallel.tally import Tally, state_of, total


def test_totals() -> None:
    """Numbers are added, exit statuses joined, and the first reason to end early is kept."""
    one = Tally({"scenarios": {"passed": 2, "failed": 1}}, (1,), 1, 0, 1, True, "")
    two = Tally({"scenarios": {"passed": 3}, "steps": {"passed": 4}}, (3, 1), 0, 2, 1, False, "Interrupted")
    three = Tally(aborted="later")
    assert total([one, two, three]) == Tally(
        {"features": {}, "scenarios": {"passed": 5, "failed": 1}, "steps": {"passed": 4}},
        (1, 3),
        1,
        2,
        2,
        True,
        "Interrupted",
    )
    assert total([]) == Tally({"features": {}, "scenarios": {}, "steps": {}})


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        (["passed", "passed"], "passed"),
        (["passed", "skipped"], "passed"),
        (["skipped", "skipped"], "skipped"),
        (["passed", "failed", "error"], "error"),
        (["failed", "hook_error"], "hook_error"),
        (["untested", "passed"], "failed"),
        (["untested", "skipped"], "untested"),
    ],
)
def test_a_feature_in_parts(parts: list[str], state: str) -> None:
    """A feature whose scenarios ran in several parts is as bad as the worst, and did not run if none did."""
    assert state_of(parts) == state_of(reversed(parts)) == state
