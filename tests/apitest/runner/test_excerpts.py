"""Parts of a feature, and its scenarios in another order."""

from pathlib import Path

import pytest

from apitest.runner import excerpts, parsing
from apitest.runner.excerpts import Excerpts
from apitest.runner.model import Feature

TEXT = """Feature: F
  Scenario: one
    Given a
  Scenario Outline: two
    Given <x>
    Examples:
      | x |
      | 1 |
      | 2 |
  Rule: R
    Scenario: three
      Given a
    Scenario: four
      Given a
  Rule: S
    Scenario: five
      Given a
"""


@pytest.fixture
def feature(tmp_path: Path) -> Feature:
    """A feature with an outline and rules."""
    path = tmp_path / "a.feature"
    path.write_text(TEXT)
    found = parsing.parse(str(path), None)
    assert found is not None
    return found


def lines(feature: Feature) -> list[int]:
    """Where its scenarios are."""
    return [scenario.line for scenario in feature.walk_scenarios()]


def test_parts_one_after_another(feature: Feature) -> None:
    """Each part has what it asks for and nothing else, whatever was shown before; empty rules are not there."""
    parts = Excerpts(feature)
    for wanted in ([2], [9], [8, 13], [], [2, 8, 9, 11, 13, 16]):
        assert lines(parts.show(wanted.__contains__)) == wanted
    assert [item.name for item in parts.show([2, 16].__contains__).run_items] == ["one", "S"]
    assert [item.name for item in parts.show([9, 11].__contains__).scenarios] == ["two"]


def test_a_random_order(feature: Feature) -> None:
    """The same scenarios come in an order that the seed and the file repeat; rows and rules stay together."""
    before = lines(feature)
    orders = {tuple(lines(excerpts.shuffle(feature, seed, "a.feature"))) for seed in range(20)}
    assert len(orders) > 3
    assert all(sorted(order) == before for order in orders)
    assert all(abs(order.index(8) - order.index(9)) == 1 for order in orders)
    assert all(abs(order.index(11) - order.index(13)) == 1 for order in orders)
