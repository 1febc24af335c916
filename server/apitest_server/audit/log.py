"""The audit log of a server: takes note of messages, and writes them to the ODB a moment later, many at once."""

import logging
import time
from collections import deque
from collections.abc import Callable
from threading import Event as Bell
from threading import Lock, Thread

from apitest_server.audit.event import Event, told
from apitest_server.audit.rules import Rules
from apitest_server.audit.stored import write
from apitest_server.components import Key
from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import ODB

logger = logging.getLogger("apitest.audit")
PAUSE = 0.5  # seconds in which events are gathered
MOST = 10_000  # that wait to be written; then the oldest ones are lost, which the log of the server tells
_BATCH = 1_000
_LONGEST_ABOUT, _LONGEST_CID = 1000, 200


class AuditLog:
    """One server's."""

    def __init__(self, odb: ODB, server: Callable[[], str], rules: Rules) -> None:
        """Takes where to write, what returns the server's name, and what is kept of whom."""
        self.rules = rules
        self._odb = odb
        self._server = server
        self._waiting: deque[Event] = deque()
        self._lost = 0
        self._changing, self._writing = Lock(), Lock()
        self._bell, self._is_over = Bell(), False
        self._thread: Thread | None = None

    def record(self, number: int, direction: str, cid: str, data: object, about: str = "") -> None:
        """Takes note of a message, if the object asks for it; see ``outgoing.audited.Recorder``."""
        limits = self.rules.of(number, direction)
        if limits is None:
            return
        size, text = told(data, limits.size)
        event = Event(
            number, direction, cid[:_LONGEST_CID], time.time(), self._server(), about[:_LONGEST_ABOUT], size, text,
            text.casefold(),
        )  # fmt: skip
        with self._changing:
            if len(self._waiting) >= MOST:
                self._waiting.popleft()
                self._lost += 1
            self._waiting.append(event)
            if self._thread is None and not self._is_over:
                self._thread = Thread(target=self._run, name="audit log", daemon=True)
                self._thread.start()
        self._bell.set()

    def save(self) -> None:
        """Writes what waits now.

        Raises:
            ServiceUnavailable: the ODB cannot be reached; what waits still does.
        """
        with self._writing:
            while self._waiting:
                self._write(list(self._waiting)[:_BATCH])

    def close(self) -> None:
        """Writes for the last time."""
        self._is_over = True
        self._bell.set()
        if self._thread is not None:
            self._thread.join(10)
        self._save_or_log()

    def _write(self, events: list[Event]) -> None:
        limits = {(event.object_id, event.direction): self.rules.of(*event[:2]) for event in events}
        most = {key: found.messages for key, found in limits.items() if found is not None}
        write(self._odb, events, most)
        with self._changing:
            for event in events:
                if self._waiting and self._waiting[0] is event:  # Else it was dropped meanwhile
                    self._waiting.popleft()
            lost, self._lost = self._lost, 0
        if lost:
            logger.error("The audit log has lost %d messages: there were too many at once", lost)

    def _run(self) -> None:
        is_away = False
        while not self._is_over:
            self._bell.wait()
            self._bell.clear()
            if not self._is_over:
                time.sleep(PAUSE)  # More may come
                is_away = not self._save_or_log(is_quiet=is_away)
                if is_away:
                    self._bell.set()

    def _save_or_log(self, is_quiet: bool = False) -> bool:
        try:
            self.save()
        except ServiceUnavailable:
            if not is_quiet:
                logger.error("The audit log cannot be written until further notice: the ODB cannot be reached")
            return False
        except Exception:
            with self._changing:
                self._waiting.clear()
            logger.exception("The audit log cannot be written; what waited is lost")
        return True


AUDIT_LOG: Key[AuditLog] = Key("audit log")
