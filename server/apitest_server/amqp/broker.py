"""What an AMQP definition leads to, and a connection to it. The driver is loaded with the first connection."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from ssl import SSLContext
from typing import TYPE_CHECKING
from urllib.parse import quote

from apitest_server.odb import StoredObject
from apitest_server.outgoing.driver import Driver
from apitest_server.outgoing.tls import context
from apitest_server.redaction import without

if TYPE_CHECKING:
    from aiormq import Connection

DRIVER = Driver("AMQP", "aiormq", "aiormq", "amqp")
CONNECT_TIMEOUT = 10.0  # seconds
LOST = "the connection was lost"
_CLOSE_TIMEOUT = 5.0  # likewise


class Lost(Exception):
    """A connection cannot be opened or used, or has ended; the text says why, and holds no secret."""


@dataclass(frozen=True, slots=True)
class Broker:
    """A broker, and who the server is there.

    Attributes:
        host: where it listens.
        port: likewise.
        vhost: the virtual host.
        username: the user.
        password: the user's.
        frame_max: bytes of a frame that is sent, at most; 0 is what the broker takes.
        heartbeat: seconds after which a silent connection is taken for lost; 0 is never.
        tls: ``use_tls``, ``validate_tls`` and ``ca_certs``; see ``outgoing.tls``.
        directory: where a relative path of certificates begins.
    """

    host: str
    port: int
    vhost: str
    username: str
    password: str = field(repr=False)
    frame_max: int
    heartbeat: int
    tls: tuple[bool, bool, str] = (False, True, "")
    directory: Path = Path()

    @property
    def scheme(self) -> str:
        """Of URLs."""
        return "amqps" if self.tls[0] else "amqp"

    def context(self) -> SSLContext | None:
        """How its certificate is verified; ``None`` without TLS.

        Raises:
            BadRequest: the file of authorities cannot be used.
        """
        use_tls, validate_tls, ca_certs = self.tls
        return context({"validate_tls": validate_tls, "ca_certs": ca_certs}, self.directory) if use_tls else None

    @property
    def where(self) -> str:
        """Its address, for people: without the password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{self.username}@{host}:{self.port}/{self.vhost.removeprefix('/')}"


def broker_of(item: StoredObject, directory: Path) -> Broker:
    """What a definition says; relative paths of it begin in a directory."""
    get = item.fields.get
    return Broker(
        host=item.fields["host"],
        port=get("port", 5672),
        vhost=get("vhost", "/"),
        username=get("username", ""),
        password=item.secret("password"),
        frame_max=get("frame_max", 0),
        heartbeat=get("heartbeat", 30),
        tls=(get("use_tls", False), get("validate_tls", True), get("ca_certs", "")),
        directory=directory,
    )


async def connect(broker: Broker, client: str) -> "Connection":
    """A new connection; ``client`` is what the broker lists it as.

    Raises:
        Lost: there is none to be had.
        ServiceUnavailable: the driver is not installed.
    """
    DRIVER.need()
    await asyncio.to_thread(_load)
    tls = await asyncio.to_thread(broker.context)
    from aiormq import Connection, InvalidFrameError

    user, password, name = (quote(part, safe="") for part in (broker.username, broker.password, client))
    host = f"[{broker.host}]" if ":" in broker.host else broker.host
    place = f"{broker.scheme}://{user}:{password}@{host}:{broker.port}/"
    connection = Connection(f"{place}?heartbeat={broker.heartbeat}&name={name}", context=tls)
    connection.vhost = broker.vhost  # As it is, whatever a URL makes of it
    with told(broker):
        async with asyncio.timeout(CONNECT_TIMEOUT):
            try:
                await connection.connect()
            except InvalidFrameError as error:
                if "Connection.Close" not in str(error):
                    raise
                # What the broker says of that is lost in the driver
                raise Lost(f"it does not let `{broker.username}` use the virtual host `{broker.vhost}`") from None
    if broker.frame_max:
        tune = connection.connection_tune
        tune.frame_max = min(broker.frame_max, tune.frame_max or broker.frame_max)
    return connection


async def close(connection: "Connection") -> None:
    """Closes a connection, also one that is lost."""
    with suppress(Exception):
        async with asyncio.timeout(_CLOSE_TIMEOUT):
            await connection.close()


@contextmanager
def told(broker: Broker) -> Iterator[None]:
    """Makes :class:`Lost` of what the driver raises where a connection, or what was done with it, is over."""
    from aiormq import AMQPError, ChannelInvalidStateError

    try:
        yield
    except TimeoutError:
        raise Lost("it does not answer") from None
    except (AMQPError, ChannelInvalidStateError, OSError) as error:
        raise Lost(without(reason(error), [broker.password])) from None


def reason(error: BaseException) -> str:
    """What a broker, or the system, has said, in one line."""
    from aiormq import ProbableAuthenticationError

    if isinstance(error, ProbableAuthenticationError):
        return "it refuses the user name or the password"
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    if isinstance(cause, EOFError):
        return LOST
    said = [str(part) for part in error.args if isinstance(part, str)]
    return said[-1].partition("\n")[0] if said else LOST


def _load() -> None:
    for name in (DRIVER.module, "pamqp"):  # What they would say of a lost connection is said once, and by this server
        import_module(name)
        logging.getLogger(name).setLevel(logging.CRITICAL)
