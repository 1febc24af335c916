"""Sessions with a server, logged in and kept for the next use; one that was lost is replaced, and that is told once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Generic, TypeVar

from apitest_server.errors import HTTPError
from apitest_server.outgoing.notices import Notices

T = TypeVar("T")


class Sessions(Generic[T]):
    """The sessions of one outgoing connection, for any number of threads; each use has one of its own."""

    def __init__(
        self,
        title: str,
        opened: Callable[[], T],
        is_alive: Callable[[T], bool],
        closed: Callable[[T], object],
        harmless: tuple[type[Exception], ...] = (),
        kept: int = 8,
    ) -> None:
        """Takes what is done with a session.

        Args:
            title: of the connection, with its name, for the log.
            opened: connects and logs in; raises an HTTPError where it cannot.
            is_alive: asks the server whether a session that was idle still is one.
            closed: ends a session, whatever state it is in.
            harmless: errors after which a session can be used as before.
            kept: how many are kept at most, while nobody uses them.
        """
        self._notices = Notices(title)
        self._opened = opened
        self._is_alive = is_alive
        self._closed = closed
        self._harmless: tuple[type[Exception], ...] = (HTTPError, *harmless)  # The former are our own words
        self._kept = kept
        self._lock = Lock()
        self._idle: list[T] = []
        self._is_open = True

    @contextmanager
    def session(self) -> Iterator[T]:
        """A session for as long as the ``with`` lasts.

        Raises:
            HTTPError: none can be opened.
        """
        one = self._taken()
        try:
            yield one
        except self._harmless:
            self._give_back(one)
            raise
        except BaseException:
            self._lose(one)
            raise
        self._give_back(one)

    def close(self) -> None:
        """Ends what is idle; what is in use ends after its use."""
        with self._lock:
            self._is_open, idle, self._idle = False, self._idle, []
        for one in idle:
            self._end(one)

    def _taken(self) -> T:
        while (one := self._popped()) is not None:
            if self._is_alive(one):
                return one
            self._lose(one)
        try:
            made = self._opened()
        except HTTPError as error:
            self._notices.away(error)
            raise
        self._notices.connected()
        return made

    def _popped(self) -> T | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _give_back(self, one: T) -> None:
        with self._lock:
            if self._is_open and len(self._idle) < self._kept:
                self._idle.append(one)
                return
        self._end(one)

    def _lose(self, one: T) -> None:
        self._notices.lost()
        self._end(one)

    def _end(self, one: T) -> None:
        with suppress(Exception):  # It may be in any state, and nobody needs it any longer
            self._closed(one)
