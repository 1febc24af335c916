"""A gate in front of a server: while it is shut, all connections are cut, and new ones are refused."""

import socket
import threading
from collections.abc import Callable
from types import TracebackType

from tests.ports import free_port


class Gate:
    """It passes on bytes, both ways, from a port of its own."""

    def __init__(self, host: str, port: int) -> None:
        self.port = free_port()
        self._target = (host, port)
        self._lock = threading.Lock()
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.open()

    def __enter__(self) -> "Gate":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shut()

    def open(self) -> None:
        """Lets connections through from now on."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._start(self._accept, self._listener)

    def shut(self) -> None:
        """Returns once nothing is connected any longer; without effect where it is shut."""
        _cut(self._listener)
        with self._lock:
            ends, self._ends = self._ends, []
        for end in ends:
            _cut(end)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _accept(self, listener: socket.socket) -> None:
        with listener:
            while True:
                try:
                    near, _ = listener.accept()
                except OSError:
                    return
                far = socket.create_connection(self._target)
                with self._lock:
                    self._ends += [near, far]
                self._start(_pass, near, far)
                self._start(_pass, far, near)

    def _start(self, target: Callable[..., None], *arguments: socket.socket) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()


def _pass(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            target.sendall(data)
    except OSError:
        pass
    _cut(target)
    source.close()


def _cut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
