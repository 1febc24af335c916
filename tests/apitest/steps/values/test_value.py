"""How values are declared."""

from apitest.steps.setting import TARGETS
from apitest.steps.values.value import Kind, value


def test_every_value_can_be_set() -> None:
    """Each kind of values has a target that takes it."""
    taken = {kind for target in TARGETS for kind in target.takes}
    assert {ending.kind for ending in value.endings} == taken == set(map(str, Kind))
