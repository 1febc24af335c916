"""One driver's client for all threads that use an outgoing connection, opened with the first use and closed in time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Generic, TypeVar

from apitest_server.errors import ServiceUnavailable

T = TypeVar("T")


class _One(Generic[T]):
    """A client, and how many are at work with it."""

    def __init__(self, client: T) -> None:
        self.client = client
        self.users = 0


class Shared(Generic[T]):
    """The client of one outgoing connection. Who is at work with it keeps it, whatever becomes of the definition."""

    def __init__(
        self, name: str, opened: Callable[[], T], is_lost: Callable[[T], bool], closed: Callable[[T], object]
    ) -> None:
        """Takes what is done with a client.

        Args:
            name: of the connection, for errors.
            opened: makes one; raises a ServiceUnavailable where its server is away.
            is_lost: whether one is no longer of use, so that the next use has a new one.
            closed: ends one.
        """
        self._name = name
        self._opened = opened
        self._is_lost = is_lost
        self._closed = closed
        self._lock = Lock()  # Of what is kept
        self._opening = Lock()  # So that one thread opens a client, and all others wait for that
        self._kept: _One[T] | None = None
        self._is_open = True
        self._tries = 0
        self._problem = ""

    @contextmanager
    def use(self) -> Iterator[T]:
        """The client for as long as the ``with`` lasts.

        Raises:
            ServiceUnavailable: none can be opened.
        """
        one = self._taken()
        try:
            yield one.client
        finally:
            self._given_back(one)

    def handed_out(self) -> T:
        """The client, for whoever does not say when it is no longer used; it is closed with the connection.

        Raises:
            ServiceUnavailable: none can be opened, or the connection is closed.
        """
        if not self._is_open:
            raise ServiceUnavailable(f"`{self._name}` was changed or deleted meanwhile; get the connection anew")
        with self.use() as client:
            return client

    def close(self) -> None:
        """Ends the client, once nobody is at work with it."""
        with self._lock:
            self._is_open, one, self._kept = False, self._kept, None
        if one is not None:
            self._end_unused(one)

    def _taken(self) -> _One[T]:
        seen = self._tries
        with self._opening:
            kept, lost = self._used()
            if lost is not None:
                self._end_unused(lost)
            if kept is not None:
                return kept
            if self._tries != seen and self._problem:  # Somebody else has just tried, while this one waited
                raise ServiceUnavailable(self._problem)
            return self._made()

    def _used(self) -> tuple[_One[T] | None, _One[T] | None]:
        """What is kept, for one more user; or what was kept, and is lost."""
        with self._lock:
            one = self._kept
            if one is None:
                return None, None
            if self._is_lost(one.client):
                self._kept = None
                return None, one
            one.users += 1
            return one, None

    def _made(self) -> _One[T]:
        self._problem = ""
        try:
            one = _One(self._opened())
        except ServiceUnavailable as error:
            self._problem = error.details
            raise
        finally:
            self._tries += 1
        one.users = 1
        with self._lock:
            if self._is_open:
                self._kept = one
        return one

    def _given_back(self, one: _One[T]) -> None:
        with self._lock:
            one.users -= 1
            is_kept = self._kept is one
        if not is_kept:
            self._end_unused(one)

    def _end_unused(self, one: _One[T]) -> None:
        with self._lock:
            if one.users:
                return
        with suppress(Exception):  # It may be in any state, and nobody needs it any longer
            self._closed(one.client)
