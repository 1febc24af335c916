"""A client of pymongo, made of a definition."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING

from pymongo import MongoClient
from pymongo.errors import ConfigurationError
from pymongo.monitoring import ServerHeartbeatListener

from apitest_server.errors import ServiceUnavailable
from apitest_server.outgoing.mongodb_errors import reason, told
from apitest_server.outgoing.places import Place

if TYPE_CHECKING:
    from pymongo.monitoring import (
        ServerHeartbeatFailedEvent,
        ServerHeartbeatStartedEvent,
        ServerHeartbeatSucceededEvent,
    )

__all__ = ["Client", "Watched", "opened", "told"]

Client = MongoClient[dict[str, object]]
_made: Callable[..., Client] = MongoClient  # Its options are data here
_SECONDS = {  # Field -> the driver's option, in milliseconds, and its default in seconds
    "connect_timeout": ("connectTimeoutMS", 10),
    "socket_timeout": ("socketTimeoutMS", 30),
    "server_select_timeout": ("serverSelectionTimeoutMS", 5),
    "wait_queue_timeout": ("waitQueueTimeoutMS", 10),
    "max_idle_time": ("maxIdleTimeMS", 600),
    "hb_frequency": ("heartbeatFrequencyMS", 10),
    "write_timeout": ("wTimeoutMS", 5),
}


class _Watch(ServerHeartbeatListener):
    """Which servers are there, as the driver finds out all the time.

    Attributes:
        is_known: set once one of the servers has answered, or all are known to be away.
        away: where each server is -> why it is away, or an empty text.
    """

    def __init__(self, servers: list[Place]) -> None:
        self.is_known = Event()
        self.away: dict[str, str] = {server.where: "" for server in servers}

    def started(self, event: "ServerHeartbeatStartedEvent") -> None:
        """Nothing is known yet."""

    def succeeded(self, event: "ServerHeartbeatSucceededEvent") -> None:
        """One is there."""
        self.away[_where(event.connection_id)] = ""
        self.is_known.set()

    def failed(self, event: "ServerHeartbeatFailedEvent") -> None:
        """One is away."""
        where = _where(event.connection_id)
        self.away[where] = reason(event.reply).removeprefix(f"{where}: ")
        if all(list(self.away.values())):
            self.is_known.set()


class Watched:
    """A client of the driver, and whether its servers are there."""

    def __init__(self, client: Client, watch: _Watch) -> None:
        self.client = client
        self._watch = watch

    def is_lost(self) -> bool:
        """Whether all of them are away, so that another client had better be tried: this one would wait for them."""
        return all(list(self._watch.away.values()))

    def close(self) -> None:
        """Ends it."""
        self.client.close()


def opened(name: str, fields: Mapping[str, object], servers: list[Place], password: str, directory: Path) -> Watched:
    """A client of which at least one server is there; nobody has logged in yet.

    Args:
        name: of the connection, for errors.
        fields: of its definition.
        servers: where they are.
        password: of the user.
        directory: where relative paths of files begin.

    Raises:
        ServiceUnavailable: no server is there, or nobody could log in.
    """
    if fields.get("username") and not password:
        raise ServiceUnavailable(f"`{name}` has a user, and no password yet: change-password sets it")
    watch = _Watch(servers)
    with ExitStack() as files:
        options = _options(fields, password) | _tls(fields, directory, files)
        try:
            client = _made([server.where for server in servers], event_listeners=[watch], **options)
        except ConfigurationError as error:
            raise ServiceUnavailable(f"`{name}` cannot be used as it is defined: {reason(error)}") from None
    is_known = watch.is_known.wait(float(str(fields.get("server_select_timeout", 5))))
    made = Watched(client, watch)
    if is_known and not made.is_lost():
        return made
    made.close()
    away = "; ".join(f"{where}: {why or 'it does not answer'}" for where, why in watch.away.items())
    raise ServiceUnavailable(f"`{name}` cannot be reached at {away}")


def _where(address: tuple[str, int | None]) -> str:
    host, port = address
    return Place("", host, port or 0).where


def _options(fields: Mapping[str, object], password: str) -> dict[str, object]:
    made: dict[str, object] = {
        option: int(str(fields.get(name, default))) * 1000 for name, (option, default) in _SECONDS.items()
    }
    made |= {
        "appname": fields.get("app_name") or "apitest",
        "maxPoolSize": fields.get("pool_size_max", 10),
        "tz_aware": fields.get("is_tz_aware", True),
        "retryWrites": fields.get("should_retry_write", True),
        "readPreference": fields.get("read_pref_type", "primary"),
        "w": _number_or_name(str(fields.get("write_to_replica") or "1")),
        "journal": bool(fields.get("is_write_journal_enabled", False)),
        **_login(fields, password),
    }
    if fields.get("replica_set"):
        made["replicaSet"] = fields["replica_set"]
    return made


def _login(fields: Mapping[str, object], password: str) -> dict[str, object]:
    if not fields.get("username"):
        return {}
    known = {"username": fields["username"], "password": password, "authSource": fields.get("auth_source") or "admin"}
    mechanism = fields.get("auth_mechanism", "DEFAULT")
    return known if mechanism == "DEFAULT" else {**known, "authMechanism": mechanism}


def _tls(fields: Mapping[str, object], directory: Path, files: ExitStack) -> dict[str, object]:
    if not fields.get("is_tls_enabled"):
        return {}
    made: dict[str, object] = {"tls": True, "tlsAllowInvalidCertificates": not fields.get("validate_tls", True)}
    if fields.get("ca_certs"):
        made["tlsCAFile"] = str(directory / str(fields["ca_certs"]))
    shown = [directory / str(fields[name]) for name in ("tls_private_key_file", "tls_cert_file") if fields.get(name)]
    if shown:  # The driver takes one file only, and reads it at once
        both = Path(files.enter_context(TemporaryDirectory(prefix="apitest-")), "both.pem")  # For nobody else to read
        both.write_bytes(b"\n".join(path.read_bytes() for path in shown))
        made["tlsCertificateKeyFile"] = str(both)
    return made


def _number_or_name(text: str) -> int | str:
    return int(text) if text.isdecimal() else text
