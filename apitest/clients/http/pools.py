"""Requests' adapter over pools and sockets of urllib3 whose every read and write keeps to the limits of an exchange."""

import socket
import ssl
from typing import Any

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, LocationParseError, NameResolutionError, NewConnectionError

from apitest.clients.http import limits as http_limits
from apitest.clients.http.limits import Limits


class _Limited:
    """The part of a socket that waits, with what is left of the time."""

    limits: Limits
    settimeout: Any

    def recv_into(self, *arguments: Any, **named: Any) -> int:
        self.settimeout(self.limits.seconds())
        return self.limits.took(super().recv_into(*arguments, **named))  # type: ignore[misc]  # the socket's

    def recv(self, *arguments: Any) -> bytes:
        self.settimeout(self.limits.seconds())
        data: bytes = super().recv(*arguments)  # type: ignore[misc]  # the socket's
        self.limits.took(len(data))
        return data

    def send(self, *arguments: Any) -> int:
        self.settimeout(self.limits.seconds())
        return super().send(*arguments)  # type: ignore[misc,no-any-return]  # the socket's

    def sendall(self, *arguments: Any) -> None:
        self.settimeout(self.limits.seconds())
        super().sendall(*arguments)  # type: ignore[misc]  # the socket's


class _PlainSocket(_Limited, socket.socket):
    pass


class _TLSSocket(_Limited, ssl.SSLSocket):
    pass


def pool_classes(limits: Limits) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3's pools, by scheme, whose connections keep to these limits."""

    class Connection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, limits)

    class TLSConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, limits)

        def connect(self) -> None:
            super().connect()
            if type(self.sock) is ssl.SSLSocket:  # there is no way to say which class urllib3 should make
                self.sock.__class__ = _TLSSocket
                self.sock.limits = limits  # type: ignore[attr-defined]  # of the class that it is now

    class Pool(HTTPConnectionPool):
        ConnectionCls = Connection

    class TLSPool(HTTPSConnectionPool):
        ConnectionCls = TLSConnection

    return {"http": Pool, "https": TLSPool}


def _connected(connection: HTTPConnection, limits: Limits) -> socket.socket:
    """A new socket; what keeps it from being connected is told by urllib3's own errors."""
    host = connection._dns_host.strip("[]")
    try:
        made = http_limits.connected(host, connection.port, limits, _PlainSocket, connection.socket_options or ())
    except http_limits.BadHost as error:
        raise LocationParseError(str(error)) from None
    except http_limits.UnknownHost as error:
        cause = error.__cause__
        assert isinstance(cause, socket.gaierror)
        raise NameResolutionError(connection.host, connection, cause) from cause
    except http_limits.NotConnectedInTime as error:
        raise ConnectTimeoutError(connection, str(error)) from error.__cause__
    except http_limits.NotConnected as error:
        raise NewConnectionError(connection, str(error)) from error.__cause__
    made.limits = limits  # type: ignore[attr-defined]  # of the class that it was made of
    return made


class Adapter(HTTPAdapter):
    """Requests' adapter, over such pools."""

    def __init__(self, limits: Limits) -> None:
        self._pool_classes = pool_classes(limits)
        super().__init__()
        self.poolmanager.pool_classes_by_scheme = self._pool_classes

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **named)
        manager.pool_classes_by_scheme = self._pool_classes
        return manager

    def tls_socket(self, url: str, verify: bool | str, certificate: tuple[str, str] | None) -> ssl.SSLSocket:
        """A new connection to the server of a URL, after the handshake; whoever uses it keeps the limits itself.

        Raises:
            OSError: a file of certificates is missing, the connection broke, or the handshake failed.
            urllib3.exceptions.HTTPError: there is no connection.
        """
        asked = PreparedRequest()
        asked.url = url
        pool = self.get_connection_with_tls_context(asked, verify, cert=certificate)
        self.cert_verify(pool, url, verify, certificate)  # type: ignore[no-untyped-call]  # in the stubs
        connection = pool._new_conn()  # type: ignore[attr-defined]  # of HTTPSConnectionPool
        connection.connect()
        made: ssl.SSLSocket = connection.sock
        made.__class__ = ssl.SSLSocket
        return made
