"""The runs under way in this process, the innermost last: what the old functions, which take no run, refer to."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from apitest.context import RunState

states: "list[RunState]" = []


def random() -> "Random":
    """The source of random values of the run; outside of a run, a new one."""
    if states:
        return states[-1].random
    from random import Random

    return Random()  # noqa: S311 - test data, not secrets
