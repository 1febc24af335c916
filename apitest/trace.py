"""What a step does on its way to its final state, kept until its event is told."""

from collections.abc import Callable
from typing import Protocol

from apitest.events import Attempt, Exchange

_FIRST, _LAST = 10, 10  # of the exchanges of a step; who waits sends many that differ in nothing

Done = tuple[tuple[Exchange, ...], tuple[Attempt, ...], int]
"""The exchanges and attempts of a step, and how many exchanges were left out."""

NOTHING: Done = ((), (), 0)


class Watch(Protocol):
    """Is told of exchanges as they happen."""

    def exchanged(self, make: Callable[[], Exchange], *, over: bool) -> None:
        """Something was sent, or its answer is there.

        Args:
            make: makes the exchange as it is by now, secrets and all.
            over: whether it is over.
        """

    def settle(self) -> None:
        """What was told so far is kept: the step waits now."""


class Trace:
    """The exchanges and attempts of the step that runs.

    Attributes:
        wants_exchanges: whether a report shows exchanges; without one, none is kept.
        wants_passed: whether a report shows each step that passed, and not only those of scenarios that did not.
        attempts: the tries of a step that waits.
        watch: is told of exchanges as they happen; None where nobody is.
    """

    watch: Watch | None = None

    def __init__(self) -> None:
        self.wants_exchanges = False
        self.wants_passed = True
        self.attempts: list[Attempt] = []
        self._exchanges: list[Exchange] = []
        self._left_out = 0

    def began(self, make: Callable[[], Exchange]) -> None:
        """Something was sent, and the answer is still to come: whoever watches knows of it by then."""
        if self.watch is not None:
            self.watch.exchanged(make, over=False)

    def ended(self, make: Callable[[], Exchange]) -> None:
        """The answer is there, or it is known that none comes."""
        if self.watch is not None:
            self.watch.exchanged(make, over=True)

    def waits(self) -> None:
        """The step does nothing for a while."""
        if self.watch is not None:
            self.watch.settle()

    def add(self, exchange: Exchange) -> None:
        """Keeps an exchange, if a report shows it; of many, the first and the last ones."""
        if not self.wants_exchanges:
            return
        if len(self._exchanges) == _FIRST + _LAST:
            del self._exchanges[_FIRST]
            self._left_out += 1
        self._exchanges.append(exchange)

    def start(self) -> None:
        """A step begins: what came before belongs to no step."""
        if self._exchanges or self.attempts:
            self.taken()

    def taken(self) -> Done:
        """The exchanges and attempts of the step that ends, and how many exchanges were left out."""
        if not (self._exchanges or self.attempts):
            return NOTHING
        found = tuple(self._exchanges), tuple(self.attempts), self._left_out
        self._exchanges.clear()
        self.attempts.clear()
        self._left_out = 0
        return found
