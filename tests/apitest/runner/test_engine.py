"""The runner has all that the walk uses of it."""

import pytest

from apitest.runner.capture import Capturing
from apitest.runner.engine import Engine
from tests.apitest.runner.running import ONE, Runs

MEMBERS = sorted(
    name for kind in (Engine, Capturing) for name in (*vars(kind), *kind.__annotations__) if not name.startswith("_")
)


@pytest.mark.parametrize("name", MEMBERS)
def test_the_runner_has_it(name: str, runs: Runs) -> None:
    """Behave's Runner brings it along, or ours adds it."""
    assert hasattr(runs({"a.feature": ONE}).runner, name)
