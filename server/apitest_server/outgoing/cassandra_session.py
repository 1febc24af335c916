"""A session with Cassandra; the driver is loaded with this module."""

import logging
from collections.abc import Iterable
from ssl import SSLContext
from threading import Lock
from typing import Protocol

from cassandra.auth import PlainTextAuthProvider
from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile
from cassandra.policies import DCAwareRoundRobinPolicy, TokenAwarePolicy
from cassandra.query import dict_factory

from apitest_server.odb import StoredObject
from apitest_server.outgoing import cassandra_errors
from apitest_server.outgoing.cassandra_fields import contact_points
from apitest_server.outgoing.cassandra_values import plain
from apitest_server.service.attrs import Attrs
from apitest_server.service.offers import Bound

# What the driver tries, and that it tries again, would flood the log; what matters comes back as an error
_driver_log = logging.getLogger("cassandra")
_driver_log.addHandler(logging.NullHandler())
_driver_log.propagate = False


class Prepared(Protocol):
    """The driver's, as far as it is used here, like those below: the driver ships no types."""

    def bind(self, values: Bound) -> object: ...


class _DriverSession(Protocol):
    def execute(self, query: object, parameters: object = None) -> Iterable[dict[str, object]]: ...
    def prepare(self, query: str) -> Prepared: ...


class _Host(Protocol):
    is_up: bool | None


class _Metadata(Protocol):
    def all_hosts(self) -> list[_Host]: ...


class _Cluster(Protocol):
    metadata: _Metadata

    def connect(self, keyspace: str | None) -> _DriverSession: ...
    def shutdown(self) -> None: ...


class CassandraSession:
    """For any number of threads; it may be ended while they use it, and goes when the last one is done.

    Attributes:
        session: the driver's.
    """

    def __init__(self, item: StoredObject, tls: SSLContext | None) -> None:
        """Connects as a definition says.

        Raises:
            DatabaseError: no node can be reached, or they do not let the connection in.
        """
        self._name = item.name
        self._prepared: dict[str, Prepared] = {}
        self._lock = Lock()
        self._uses = 0
        self._is_ended = False
        try:
            self._cluster = _cluster(item, tls)
        except Exception as error:  # A name that cannot be resolved
            raise cassandra_errors.connecting(item.name, error) from None
        try:
            self.session: _DriverSession = self._cluster.connect(item.fields.get("default_keyspace") or None)
        except Exception as error:  # Errors of sockets, of TLS and of the driver
            self._cluster.shutdown()
            raise cassandra_errors.connecting(item.name, error) from None

    @property
    def is_alive(self) -> bool:
        """Whether a node was there when the driver last heard of any."""
        return any(host.is_up is not False for host in self._cluster.metadata.all_hosts())

    def execute(self, query: object, parameters: Bound = None) -> list[Attrs]:
        """Runs a statement, which may be text or a statement of the driver, and reads all of its rows.

        Raises:
            DatabaseError: parameters do not fit.
        """
        try:
            found = self.session.execute(query, parameters)
        except cassandra_errors.UNFIT as error:
            raise cassandra_errors.unfit(self._name, error) from None
        return [Attrs((name, plain(value)) for name, value in row.items()) for row in found]

    def execute_prepared(self, text: str, parameters: Bound) -> list[Attrs]:
        """Runs a statement with parameters in the places of its markers; it is prepared at its first use.

        Raises:
            DatabaseError: parameters do not fit.
        """
        prepared = self.prepared(text)
        try:
            bound = prepared.bind(parameters or ())
        except cassandra_errors.UNFIT as error:
            raise cassandra_errors.unfit(self._name, error) from None
        return self.execute(bound)

    def prepared(self, text: str) -> Prepared:
        """A statement, prepared; once is enough for all uses."""
        if text not in self._prepared:
            self._prepared[text] = self.session.prepare(text)
        return self._prepared[text]

    def begin(self) -> None:
        """Somebody uses it from now on."""
        with self._lock:
            self._uses += 1

    def finish(self) -> None:
        """Somebody uses it no longer."""
        with self._lock:
            self._uses -= 1
        self._go()

    def end(self) -> None:
        """Nobody begins to use it any more."""
        with self._lock:
            self._is_ended = True
        self._go()

    def _go(self) -> None:
        with self._lock:
            is_over = self._is_ended and not self._uses
        if is_over:
            self._cluster.shutdown()  # Without effect where that was done already


def _cluster(item: StoredObject, tls: SSLContext | None) -> _Cluster:
    """Not connected yet."""
    get = item.fields.get
    timeout = get("timeout", 10)
    options: dict[str, object] = {}
    if get("proto_version"):
        options["protocol_version"] = get("proto_version")
    if get("cql_version"):
        options["cql_version"] = get("cql_version")
    if get("username"):
        options["auth_provider"] = PlainTextAuthProvider(get("username"), item.secret("password"))
    profile = ExecutionProfile(
        TokenAwarePolicy(DCAwareRoundRobinPolicy()), request_timeout=timeout, row_factory=dict_factory
    )
    made: _Cluster = Cluster(
        contact_points(get("contact_points", "")),
        port=get("port", 9042),
        executor_threads=get("exec_size", 2),
        ssl_context=tls,
        connect_timeout=timeout,
        control_connection_timeout=timeout,
        execution_profiles={EXEC_PROFILE_DEFAULT: profile},
        **options,
    )
    return made
