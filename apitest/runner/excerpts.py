"""Parts of a feature: some of its scenarios in the feature around them, or all of them in another order."""

from collections.abc import Callable, Iterator
from typing import cast

from apitest.parallel import order
from apitest.runner.model import Container, Feature, Item, Outline


class Excerpts:
    """Shows parts of a feature, one after another; its hooks and its reports see nothing of the rest.

    Args:
        feature: as it was parsed.
    """

    def __init__(self, feature: Feature) -> None:
        self._feature = feature
        self._containers = [(each, list(each.run_items)) for each in (feature, *feature.rules)]
        self._outlines = [(each, list(each.scenarios)) for _, items in self._containers for each in _outlines(items)]

    def show(self, wanted: Callable[[int], bool]) -> Feature:
        """The feature, with only those of its scenarios whose line is wanted."""
        for outline, rows in self._outlines:
            outline._scenarios = [row for row in rows if wanted(row.line)]
        for container, items in reversed(self._containers):  # rules before their feature
            container.run_items = [item for item in items if self._is_shown(item, wanted)]
            container.scenarios = [item for item in container.run_items if item.type != "rule"]  # type: ignore[misc]  # what is left
        return self._feature

    def _is_shown(self, item: Item, wanted: Callable[[int], bool]) -> bool:
        if item.type == "rule":
            return bool(cast(Container, item).run_items)
        return bool(cast(Outline, item).scenarios) if hasattr(item, "examples") else wanted(item.line)


def _outlines(items: list[Item]) -> Iterator[Outline]:
    return (cast(Outline, item) for item in items if hasattr(item, "examples"))


def shuffle(feature: Feature, seed: int, place: str) -> Feature:
    """The feature with its scenarios, rules and rows in a random order.

    Args:
        feature: as it was parsed.
        seed: repeats the order.
        place: the feature's file, so that each has an order of its own.
    """
    for container in (feature, *feature.rules):
        for outline in _outlines(list(container.run_items)):
            outline._scenarios = order.shuffled(outline.scenarios, seed, f"{place}:{outline.line}")
        container.run_items = order.shuffled(container.run_items, seed, f"{place}:{container.line}")
    return feature
