"""Tests of tests.quick.costs."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.quick.costs import Costs, pytest_addoption


def test_what_a_test_costs_is_written_down(tmp_path: Path) -> None:
    """By its ID, what it returns untouched, and also if it was interrupted."""
    costs = Costs(tmp_path / "costs.json")
    running = costs.pytest_runtest_protocol(SimpleNamespace(nodeid="a"))  # type: ignore[arg-type]
    next(running)
    with pytest.raises(StopIteration) as ended:
        running.send(True)
    interrupted = costs.pytest_runtest_protocol(SimpleNamespace(nodeid="b"))  # type: ignore[arg-type]
    next(interrupted)
    with pytest.raises(KeyboardInterrupt):
        interrupted.throw(KeyboardInterrupt())
    costs.pytest_sessionfinish()
    assert ended.value.value is True
    assert (tmp_path / "costs.json").read_text().startswith('{"a": ')
    assert set(costs.seconds) == {"a", "b"}


def test_the_file_is_an_option() -> None:
    """Without it nothing is measured."""
    parser = pytest.Parser(_ispytest=True)
    pytest_addoption(parser)
    assert parser.parse_known_args([]).costs is None
    assert parser.parse_known_args(["--costs", "x"]).costs == Path("x")
