"""Expected durations."""

import pytest

from apitest.parallel.durations import Durations


def test_what_is_known_and_what_is_not() -> None:
    """Known scenarios and files take what they took last, others as long as those do on average."""
    durations = Durations([("a", "x", 9.0), ("a", "x", 1.0), ("a", "y", 2.0), ("b", "z", 3.0)])
    assert durations.of_scenario("a", "x") == 1.0
    assert durations.of_scenario("a", "new") == 2.0
    assert durations.of_file("a") == 3.0
    assert durations.of_file("new") == 3.0


@pytest.mark.parametrize("file", ["a", "b"])
def test_nothing_is_known(file: str) -> None:
    """Without a record all take as long as each other."""
    assert Durations().of_file(file) == Durations().of_scenario(file, "x") == 1.0
