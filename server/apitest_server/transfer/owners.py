"""Who takes files: the channels of this server and of those that share its ODB, as long as they are there."""

from collections.abc import Callable, Collection
from itertools import count

from apitest_server.transfer.names import Owner


class Owners:
    """Tells whose files have to be given back, since nobody works on them any longer."""

    def __init__(self, mark: Callable[[], str], run: str, others: Callable[[], Collection[str] | None]) -> None:
        """Takes who this server is.

        Args:
            mark: returns that of the servers which share its ODB; it needs their key.
            run: its own.
            others: the runs of the other servers that are running; ``None`` while that is not known.
        """
        self._mark = mark
        self._run = run
        self._others = others
        self._numbers = count(1)
        self._live: set[int] = set()

    def new(self) -> Owner:
        """A channel begins to take files."""
        number = next(self._numbers)
        self._live.add(number)
        return Owner(self._mark(), self._run, number)

    def end(self, owner: Owner) -> None:
        """A channel has ended; what it has not settled is free again."""
        self._live.discard(owner.number)

    def is_gone(self, owner: Owner) -> bool:
        """Whether nobody works any longer on what an owner has taken. Of strangers that is not known."""
        if owner.mark != self._mark():
            return False
        if owner.run == self._run:
            return owner.number not in self._live
        others = self._others()
        return others is not None and owner.run not in others
