"""Random values that depend on the seed and the scenario only, whatever ran before it and wherever it runs."""

import random
from collections.abc import Callable
from pathlib import Path


class Draws(random.Random):
    """A source of random values that starts anew in each scenario.

    Args:
        seed: of the run.
        name_of: what a file is called wherever the run starts.
    """

    def __init__(self, seed: int, name_of: Callable[[Path], str]) -> None:
        self._place: tuple[str, int] | None = None
        super().__init__(seed)
        self._of_run = seed
        self._name_of = name_of
        self._start = Path.cwd()

    def begin(self, file: str, line: int) -> None:
        """A scenario begins; it costs nothing unless the scenario draws a value."""
        self._place = file, line

    def seed(self, a: object = None, version: int = 2) -> None:
        """Starts anew with a seed of one's own."""
        self._place = None
        super().seed(a, version)  # type: ignore[arg-type]  # the superclass says which values are seeds

    def random(self) -> float:
        """A number from 0 up to but not including 1."""
        self._settle()
        return super().random()

    def getrandbits(self, k: int, /) -> int:
        """An integer of so many random bits."""
        self._settle()
        return super().getrandbits(k)

    def _settle(self) -> None:
        if self._place is not None:
            file, line = self._place
            self.seed(f"{self._of_run} {self._name_of(self._start / file)}:{line}")
