"""A cache in memcached, on one server or on several: ``self.cache.get_cache("memcached", "Sessions")``."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn, TypeVar

from apitest_server.cache.memcached_values import checked, seconds
from apitest_server.errors import BadRequest, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.places import Place, places
from apitest_server.outgoing.sessions import Sessions
from apitest_server.outgoing.tls import context

if TYPE_CHECKING:
    from apitest_server.cache.memcached_session import Session

PORTS = {"memcached": 11211}
_UNKNOWN = {"keys", "details", "get_by", "set_by", "delete_by", "expire_by", "list_entries"}
T = TypeVar("T")


class MemcachedCache:
    """One definition, ready to be used by any thread; connects when it is first used.

    Each key is on one of the servers. Every method raises an HTTPError: 400 for a key or a value that memcached cannot
    have, 502 for what it refuses otherwise, 503 where the server is away, 504 where it does not answer in time.
    """

    def __init__(self, item: StoredObject, directory: Path, clock: Callable[[], float] = time.time) -> None:
        """Takes the definition, where relative paths of files begin, and what tells the seconds since 1970.

        Raises:
            BadRequest: its certificates cannot be used.
        """
        self.name = item.name
        self._fields = item.fields
        self._tls = context(item.fields, directory) if item.fields.get("use_tls") else None
        self._prefix = str(item.fields.get("key_prefix", ""))
        self._clock = clock
        self._places = places(item.fields["servers"], PORTS, "memcached")
        kept = int(item.fields.get("pool_size", 8))
        self._sessions = {place: self._sessions_of(place, kept) for place in self._places}

    def get(self, key: str, default: object = None) -> object:
        """The value under a key, or the default."""
        with self._session(key, f"to read `{key}`") as session:
            found: object = session.client.get(key, default)
            return found

    def set(self, key: str, value: object, expiry: float = 0) -> None:
        """Writes a value; it lives for ``expiry`` seconds, 0 for ever."""
        with self._session(key, f"to write `{key}`") as session:
            session.client.set(key, value, self._seconds(expiry))

    def add(self, key: str, value: object, expiry: float = 0) -> bool:
        """Writes a value where there is none; false where there is one, which stays."""
        with self._session(key, f"to add `{key}`") as session:
            return bool(session.client.add(key, value, self._seconds(expiry)))

    def delete(self, key: str) -> bool:
        """Takes an entry out; false where there is none."""
        with self._session(key, f"to delete `{key}`") as session:
            return bool(session.client.delete(key))

    def expire(self, key: str, expiry: float) -> bool:
        """Lets an entry live for so many seconds from now, 0 for ever; false where there is none."""
        with self._session(key, f"to time `{key}`") as session:
            return bool(session.client.touch(key, self._seconds(expiry)))

    def increment(self, key: str, amount: int = 1) -> int | None:
        """Adds to a whole number, 0 or more, whoever else does so; returns what it is then, ``None`` without entry."""
        with self._session(key, f"to add to `{key}`") as session:
            act = session.client.incr if amount >= 0 else session.client.decr
            found: int | None = act(key, abs(amount))
            return found

    def decrement(self, key: str, amount: int = 1) -> int | None:
        """Takes from a whole number, which never falls below 0."""
        return self.increment(key, -amount)

    def get_many(self, keys: Iterable[str]) -> dict[str, object]:
        """Reads several entries; those that are not there are left out."""
        found: dict[str, object] = {}
        for place, several in self._by_place(keys, lambda key: key).items():
            with self._session_at(place, "to read several keys") as session:
                found.update(session.client.get_many(several))
        return found

    def set_many(self, values: Mapping[str, object], expiry: float = 0) -> None:
        """Writes several entries."""
        for place, several in self._by_place(values.items(), lambda item: item[0]).items():
            with self._session_at(place, "to write several keys") as session:
                session.client.set_many(dict(several), self._seconds(expiry))

    def delete_many(self, keys: Iterable[str]) -> None:
        """Takes several entries out."""
        for place, several in self._by_place(keys, lambda key: key).items():
            with self._session_at(place, "to delete several keys") as session:
                session.client.delete_many(several)

    def clear(self) -> None:
        """Takes everything out of all servers, whatever its keys begin with."""
        for place in self._places:
            with self._session_at(place, "to clear the cache") as session:
                session.client.flush_all()

    def statistics(self) -> dict[str, dict[str, object]]:
        """What each server tells of itself."""
        found = {}
        for place in self._places:
            with self._session_at(place, "to tell its statistics") as session:
                rows = session.client.stats()
            found[place.where] = {name.decode(): _plain(value) for name, value in rows.items()}
        return found

    def ping(self) -> str:
        """Asks all servers whether they are there; returns where that is."""
        for place in self._places:
            with self._session_at(place, "to answer a ping") as session:
                session.client.version()
        return ", ".join(place.where for place in self._places)

    def close(self) -> None:
        """Ends what is not in use."""
        for sessions in self._sessions.values():
            sessions.close()

    def __getattr__(self, name: str) -> NoReturn:
        if name in _UNKNOWN:
            raise BadRequest(
                f"`{self.name}` is in memcached, which does not tell its keys: `{name}` needs a built-in cache"
            )
        raise AttributeError(f"A cache in memcached has no `{name}`")

    def _seconds(self, expiry: float) -> int:
        return seconds(expiry, self._clock())

    def _by_place(self, items: Iterable[T], key: Callable[[T], str]) -> dict[Place, list[T]]:
        found: dict[Place, list[T]] = defaultdict(list)
        for item in items:
            found[self._place(key(item))].append(item)
        return found

    def _place(self, key: str) -> Place:
        try:
            checked(key, self._prefix)
        except ValueError as error:
            raise BadRequest(f"`{self.name}` {error}") from None
        if len(self._places) == 1:
            return self._places[0]
        place: Place = self._driver().chosen(key, self._places)
        return place

    def _session(self, key: str, what: str) -> AbstractContextManager["Session"]:
        return self._session_at(self._place(key), what)

    @contextmanager
    def _session_at(self, place: Place, what: str) -> Iterator["Session"]:
        try:
            with self._sessions[place].session() as session, session.asked(what):
                yield session
        except TimeoutError:
            raise ServiceTimeout(f"`{self.name}` did not answer in time when it was asked {what}") from None
        except OSError as error:
            said = error.strerror or error
            raise ServiceUnavailable(f"`{self.name}` was lost when it was asked {what}: {said}") from None

    def _sessions_of(self, place: Place, kept: int) -> "Sessions[Session]":
        title = f"Memcached cache `{self.name}` at {place.where}"
        return Sessions(
            title, lambda: self._opened(place), lambda one: one.is_alive(), lambda one: one.close(), kept=kept
        )

    def _opened(self, place: Place) -> "Session":
        driver, fields = self._driver(), self._fields
        settings = driver.Settings(self._prefix, fields.get("timeout", 5), self._tls)
        session: Session = driver.Session(self.name, place, settings)
        return session

    def _driver(self) -> ModuleType:
        try:
            return import_module("apitest_server.cache.memcached_session")
        except ImportError:
            fix = "install it with: pip install apitest[memcached]"
            raise ServiceUnavailable(f"`{self.name}` needs pymemcache, which is not installed; {fix}") from None


def _plain(value: object) -> object:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
