"""Calls listeners one after the other, in a thread that is started with the first call."""

import logging
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread

logger = logging.getLogger("apitest.cluster")
_PATIENCE = 5.0  # seconds for what runs when the server ends


class Listeners:
    """The thread, and what waits for it."""

    def __init__(self) -> None:
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._lock = Lock()
        self._thread: Thread | None = None

    def call(self, about: str, listener: Callable[..., None], *arguments: object) -> None:
        """Calls a listener in its turn; one that raises is logged, with what it is about."""

        def called() -> None:
            try:
                listener(*arguments)
            except Exception:
                logger.exception("What other servers told of `%s` has had no effect here", about)

        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="bus-listeners", daemon=True)
                self._thread.start()
        self._calls.put(called)

    def close(self) -> None:
        """Nothing is called any more once the calls that wait are done."""
        self._calls.put(None)
        if self._thread is not None:
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            call()
