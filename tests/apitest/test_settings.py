"""Settings of a scenario by their kind."""

from typing import NamedTuple

from apitest.settings import Adjustable


class Speed(NamedTuple):
    """Settings of the tests."""

    timeout: float = 30.0
    name: str = "fast"


def test_settings_are_changed_and_restored() -> None:
    """What was not changed is the default; one or all are given their defaults again."""
    scenario = Adjustable()
    scenario.default_settings()
    assert scenario.settings(Speed) == Speed() and scenario.changed_settings(Speed) == {}
    scenario.change(Speed, timeout=5.0, name="slow")
    scenario.restore(Speed, "name")
    assert scenario.settings(Speed) == Speed(5.0) and scenario.changed_settings(Speed) == {"timeout": 5.0}
    scenario.restore(Speed)
    assert scenario.settings(Speed) == Speed()


def test_settings_are_bounded_for_a_while() -> None:
    """A number that is higher is the bound, one that is lower stays; afterwards all is as it was."""
    scenario = Adjustable()
    scenario.default_settings()
    with scenario.bounded(Speed, timeout=2.0):
        assert scenario.settings(Speed) == Speed(2.0)
        with scenario.bounded(Speed, timeout=9.0):
            assert scenario.settings(Speed).timeout == 2.0
    assert scenario.settings(Speed) == Speed() and scenario.changed_settings(Speed) == {}
