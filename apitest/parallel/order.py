"""A random order that a seed repeats, on every machine and in every process."""

import random
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def shuffled(items: Iterable[T], seed: int, place: str = "") -> list[T]:
    """The items in an order that depends on the seed and the place only."""
    items = list(items)
    random.Random(f"{seed} {place}").shuffle(items)  # noqa: S311 - an order, not a secret
    return items


def by_file(names: Sequence[str], seed: int) -> list[str]:
    """Names of files, each once, in an order that depends on them and the seed, not on the order that they come in."""
    return shuffled(sorted(set(names)), seed)
