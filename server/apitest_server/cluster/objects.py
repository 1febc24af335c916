"""Objects of the ODB that another server has created, changed or deleted: they take effect here a moment later."""

import logging
from collections.abc import Callable, Mapping
from threading import Event, Lock
from typing import Any

from apitest_server.cluster.bus import Bus
from apitest_server.cluster.listeners import Listeners
from apitest_server.components import Key
from apitest_server.errors import StartError
from apitest_server.odb import ODB, StoredObject
from apitest_server.odb.driver import Driver
from apitest_server.odb.live import LiveObjects

logger = logging.getLogger("apitest.cluster")
_SUBJECT = "objects"
_AGAIN = 1.0  # seconds until it is tried again to read them
_MOST = 200  # objects that are read one by one; more are read with all others


class SharedObjects:
    """Tells other servers which objects were changed here, and reads those that were changed there.

    Only their IDs are told: what they are like now is in the ODB, whoever has changed them last.
    """

    def __init__(self, bus: Bus, odb: ODB, live: LiveObjects) -> None:
        """Begins with the bus."""
        self._bus = bus
        self._odb = odb
        self._live = live
        self._lock = Lock()
        self._changed: set[int] = set()
        self._is_all = False
        self._is_busy = False
        self._work = Listeners()
        self._over = Event()
        self._driver: Driver | None = None  # Of the thread that reads
        live.changed = self._tell
        bus.hear(_SUBJECT, self._hear)
        bus.missed(self._hear_of_all)

    @property
    def are_current(self) -> bool:
        """Whether what has changed would be heard of, and nothing that was heard of waits to take effect."""
        return self._bus.is_up and not self._is_busy

    def then(self, function: Callable[[], None]) -> None:
        """Calls a function once that has taken effect which others told of until now."""
        self._work.call(_SUBJECT, function)

    def close(self) -> None:
        """Nothing takes effect any more."""
        with self._lock:
            self._over.set()
            may_be_connected = self._is_busy or self._driver is not None
        if may_be_connected:
            self._work.call(_SUBJECT, self._disconnect)
        self._work.close()

    def _tell(self, number: int) -> None:
        self._bus.tell(_SUBJECT, {"id": number})

    def _hear(self, data: Mapping[str, Any]) -> None:
        with self._lock:
            self._changed.add(int(data["id"]))
        self._begin()

    def _hear_of_all(self) -> None:
        self._is_all = True
        self._begin()

    def _begin(self) -> None:
        with self._lock:
            if self._over.is_set():
                return
            is_busy, self._is_busy = self._is_busy, True
        if not is_busy:
            self._work.call(_SUBJECT, self._read)

    def _read(self) -> None:
        while not self._over.is_set():
            with self._lock:
                numbers, self._changed = self._changed, set()
                is_all, self._is_all = self._is_all, False
                self._is_busy = is_all or bool(numbers)
            if not self._is_busy:
                return
            try:
                self._refresh(None if is_all or len(numbers) > _MOST else numbers)
            except StartError as error:
                logger.error("What other servers have changed cannot be read: %s", error.problem)
                self._is_all = True
                self._over.wait(_AGAIN)

    def _refresh(self, numbers: set[int] | None) -> None:
        with self._odb.changing:
            items = self._stored(numbers)
            self._live.refresh(items, lambda item: numbers is None or item.id in numbers)

    def _stored(self, numbers: set[int] | None) -> list[StoredObject]:
        if self._driver is not None:
            try:
                return self._odb.stored(self._driver, numbers)
            except StartError:  # The connection may be of before the database was started anew
                self._disconnect()
        self._driver = Driver(self._odb.where)
        return self._odb.stored(self._driver, numbers)

    def _disconnect(self) -> None:
        if self._driver is not None:
            self._driver.close()
            self._driver = None


SHARED: Key[SharedObjects] = Key("shared objects")
