"""The names of addresses: looked up in threads of their own, so that nobody ever waits for a name server."""

import socket
from collections import OrderedDict
from collections.abc import Callable
from queue import Full, Queue
from threading import Lock, Thread
from time import monotonic

THREADS = 2
WAITING = 1000  # addresses; further ones stay without a name until somebody asks again
KEPT = 3600.0  # seconds that a name is remembered, or that there is none
SIZE = 10_000
Told = Callable[[str], None]


def looked_up(address: str) -> str:
    """The name of an address, or the address itself; may take as long as a name server likes."""
    try:
        return socket.gethostbyaddr(address)[0]
    except (OSError, UnicodeError):
        return address


class Names:
    """Names that are known, and threads that look up others. The threads end with the process, whatever they do."""

    def __init__(self, look_up: Callable[[str], str] = looked_up, clock: Callable[[], float] = monotonic) -> None:
        self._look_up = look_up
        self._clock = clock
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._queue: Queue[str] = Queue(WAITING)
        self._asking: dict[str, list[Told]] = {}
        self._lock = Lock()
        self._threads: list[Thread] = []

    def ask(self, address: str, told: Told) -> str:
        """The name if it is known; else the address, and ``told`` is called with the name later, in any thread."""
        with self._lock:
            name, until = self._known.get(address, ("", 0.0))
            if name and self._clock() < until:
                return name
            if address in self._asking:
                self._asking[address].append(told)
                return name or address
            try:
                self._queue.put_nowait(address)
            except Full:
                return name or address
            self._asking[address] = [told]
            if len(self._threads) < THREADS:
                self._threads.append(Thread(target=self._work, name="fqdn", daemon=True))
                self._threads[-1].start()
        return name or address

    def _work(self) -> None:
        while True:
            address = self._queue.get()
            name = self._look_up(address)
            with self._lock:
                self._known[address] = (name, self._clock() + KEPT)
                if len(self._known) > SIZE:
                    self._known.popitem(last=False)
                waiting = self._asking.pop(address)
            for told in waiting:
                told(name)
