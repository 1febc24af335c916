"""What a step does on its way to its final state, kept until its event is told."""

from apitest.events import Attempt, Exchange

_FIRST, _LAST = 10, 10  # of the exchanges of a step; who waits sends many that differ in nothing


_NOTHING: tuple[tuple[Exchange, ...], tuple[Attempt, ...], int] = ((), (), 0)


class Trace:
    """The exchanges and attempts of the step that runs.

    Attributes:
        wants_exchanges: whether a report shows exchanges; without one, none is kept.
        attempts: the tries of a step that waits.
    """

    def __init__(self) -> None:
        self.wants_exchanges = False
        self.attempts: list[Attempt] = []
        self._exchanges: list[Exchange] = []
        self._left_out = 0

    def add(self, exchange: Exchange) -> None:
        """Keeps an exchange; of many, the first and the last ones."""
        if len(self._exchanges) == _FIRST + _LAST:
            del self._exchanges[_FIRST]
            self._left_out += 1
        self._exchanges.append(exchange)

    def start(self) -> None:
        """A step begins: what came before belongs to no step."""
        if self._exchanges or self.attempts:
            self.taken()

    def taken(self) -> tuple[tuple[Exchange, ...], tuple[Attempt, ...], int]:
        """The exchanges and attempts of the step that ends, and how many exchanges were left out."""
        if not (self._exchanges or self.attempts):
            return _NOTHING
        found = tuple(self._exchanges), tuple(self.attempts), self._left_out
        self._exchanges.clear()
        self.attempts.clear()
        self._left_out = 0
        return found
