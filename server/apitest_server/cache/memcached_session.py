"""A session with a memcached server, over pymemcache, which this module alone imports."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from select import select
from socket import IPPROTO_TCP, TCP_NODELAY, create_connection
from ssl import SSLContext, SSLError
from typing import NamedTuple

from pymemcache.client.base import Client
from pymemcache.client.rendezvous import RendezvousHash
from pymemcache.exceptions import MemcacheError, MemcacheUnexpectedCloseError

from apitest_server.cache.memcached_values import read, written
from apitest_server.errors import BadRequest, RemoteError, ServiceUnavailable
from apitest_server.outgoing.places import Place


class Settings(NamedTuple):
    """How a server is spoken with.

    Attributes:
        prefix: what each key begins with.
        timeout: seconds that an answer may take.
        tls: how certificates are verified, where TLS is spoken.
    """

    prefix: str
    timeout: float
    tls: SSLContext | None


class _Values:
    """As pymemcache asks for them."""

    def serialize(self, key: object, value: object) -> tuple[bytes, int]:
        """To be kept."""
        return written(value)

    def deserialize(self, key: str, value: bytes, flags: int) -> object:
        """That was kept."""
        try:
            return read(value, flags)
        except ValueError as error:
            raise _Unreadable(f"`{key}`, which {error}") from None


class _Unreadable(Exception):
    """A value that others have written."""


class _Connected(Client):  # type: ignore[misc]  # pymemcache has no types
    """Connects to the first address of a host that answers; pymemcache tries one only."""

    def _connect(self) -> None:
        self.close()
        sock = create_connection(self.server, self.timeout)
        sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        try:
            self.sock = self.tls_context.wrap_socket(sock, server_hostname=self.server[0]) if self.tls_context else sock
        except BaseException:
            sock.close()
            raise


class Session:
    """One session.

    Attributes:
        client: pymemcache's.
    """

    def __init__(self, name: str, place: Place, settings: Settings) -> None:
        """Connects.

        Raises:
            ServiceUnavailable: the server is away, or is none of memcached.
        """
        self._name = name
        self.client = _Connected(
            (place.host, place.port),
            serde=_Values(),
            timeout=settings.timeout,
            key_prefix=settings.prefix.encode(),
            default_noreply=False,
            allow_unicode_keys=True,
            tls_context=settings.tls,
        )
        try:
            self.client.version()
        except (OSError, MemcacheError) as error:
            self.client.close()
            problem = f"`{name}` cannot be reached at {place.where}: {_said(error)}"
            raise ServiceUnavailable(problem) from None

    def is_alive(self) -> bool:
        """Whether the server has not hung up, nor says anything that nobody has asked for; it is not asked."""
        sock = self.client.sock
        return sock is not None and not select([sock], [], [], 0)[0]

    def close(self) -> None:
        """Ends it."""
        self.client.close()

    @contextmanager
    def asked(self, what: str) -> Iterator[None]:
        """Around what is asked of the server: its refusals are told in our words, its end is an OSError."""
        try:
            yield
        except MemcacheUnexpectedCloseError:
            raise ConnectionResetError("the connection was closed") from None
        except ValueError as error:
            raise BadRequest(f"`{self._name}` cannot be asked {what}: {_said(error)}") from None
        except _Unreadable as error:
            raise RemoteError(f"`{self._name}` has {error}") from None
        except MemcacheError as error:
            raise RemoteError(f"`{self._name}` refuses {what}: {_said(error)}") from None


def chosen(key: str, places: Sequence[Place]) -> Place:
    """Which one of several servers has a key; one more or less of them moves few keys."""
    where: str = RendezvousHash([place.where for place in places]).get_node(key)
    return next(place for place in places if place.where == where)


def _said(error: Exception) -> str:
    said = getattr(error, "reason", "") if isinstance(error, SSLError) else getattr(error, "strerror", "")
    text = str(said or error) or type(error).__name__
    return " ".join(text.removeprefix("b'").removesuffix("'").split())
