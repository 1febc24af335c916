"""A server of the tests' own that answers as Odoo does to what Odoo documents as its external API, over XML-RPC."""

import inspect
import secrets
import sqlite3
import ssl
import threading
import traceback
from socketserver import ThreadingMixIn
from types import TracebackType
from typing import Any
from xmlrpc.client import Fault
from xmlrpc.server import MultiPathXMLRPCServer, SimpleXMLRPCDispatcher, SimpleXMLRPCRequestHandler

from tests.server.outgoing.odoo_records import ACCESS_DENIED, MODELS, WARNING, Model

DATABASE, LOGIN, USER_ID = "shop", "maria@example.com", 7


class _Handler(SimpleXMLRPCRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    rpc_paths = ("/xmlrpc/2/common", "/xmlrpc/2/object")

    def setup(self) -> None:
        super().setup()
        self.server.connections.append(self.connection)  # type: ignore[attr-defined]


class _Server(ThreadingMixIn, MultiPathXMLRPCServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        self.connections: list[Any] = []
        super().__init__(("127.0.0.1", port), _Handler, logRequests=False, allow_none=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, or does not trust it, is the test's affair."""


class OdooServer:
    """A running one; what it stores outlives ``stop`` and ``start``.

    Attributes:
        port: where it is, on 127.0.0.1.
        password: of the one user.
        calls: names of what was called, in order.
        answers: until this is set, calls of methods wait.
        is_waiting: whether one does.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.port = 0
        self.password = secrets.token_urlsafe(12)
        self.calls: list[str] = []
        self.answers = threading.Event()
        self.answers.set()
        self.is_waiting = False
        self._tls = tls
        self._database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._lock = threading.Lock()
        self._models = {name: Model(name, self._database) for name in MODELS}
        self.start()

    def __enter__(self) -> "OdooServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Listens, on the port that it had before."""
        self._server = _Server(self.port)
        self.port = self._server.server_address[1]
        if self._tls is not None:
            self._server.socket = self._tls.wrap_socket(self._server.socket, True, do_handshake_on_connect=False)
        for path, functions in (("common", (self.version, self.authenticate)), ("object", (self.execute_kw,))):
            dispatcher = SimpleXMLRPCDispatcher(allow_none=True)
            for function in functions:
                dispatcher.register_function(function)
            self._server.add_dispatcher(f"/xmlrpc/2/{path}", dispatcher)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def stop(self) -> None:
        """Cuts all connections, and takes no new ones."""
        self._server.shutdown()
        self._thread.join()
        for connection in self._server.connections:
            try:
                connection.shutdown(2)
            except OSError:
                continue
        self._server.server_close()

    def close(self) -> None:
        """For good."""
        self.answers.set()
        self.stop()
        with self._lock:  # A call that somebody gave up may still be at work
            self._models.clear()
            self._database.close()

    def version(self) -> dict[str, Any]:
        return {"server_version": "17.0", "server_serie": "17.0", "protocol_version": 1}

    def authenticate(self, database: str, login: str, password: str, environment: dict[str, Any]) -> int | bool:
        """The ID of the user, or false."""
        self.calls.append("authenticate")
        if database != DATABASE:
            raise self._failed(LookupError(f'database "{database}" does not exist'))
        return USER_ID if (login, password) == (LOGIN, self.password) else False

    def execute_kw(
        self, database: str, user: int, password: str, model: str, method: str, arguments: Any, options: Any = None
    ) -> Any:
        """What a method of a model returns."""
        self.is_waiting = not self.answers.is_set()
        self.answers.wait(60)
        self.calls.append(f"{model}.{method}")
        if (database, user, password) != (DATABASE, USER_ID, self.password):
            raise Fault(ACCESS_DENIED, "Access Denied")
        with self._lock:
            if model not in self._models:
                raise Fault(WARNING, f"Object {model} doesn't exist")
            found = self._models[model]
            try:
                if method.startswith("_") or not inspect.ismethod(getattr(found, method, None)):
                    raise AttributeError(f"The method '{model}.{method}' does not exist")
                return getattr(found, method)(*arguments, **(options or {}))
            except Fault:
                raise
            except Exception as error:
                raise self._failed(error) from None
            finally:
                self.is_waiting = False

    def _failed(self, error: Exception) -> Fault:
        return Fault(1, "".join(traceback.format_exception(error)))
