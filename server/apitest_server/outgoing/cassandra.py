"""A connection to Cassandra: ``self.cassandra_conn["CRM"].execute("SELECT …")`` in services."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from ssl import SSLContext, SSLError
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from apitest_server.errors import BadRequest, DatabaseError
from apitest_server.odb import StoredObject
from apitest_server.outgoing.cassandra_fields import contact_points
from apitest_server.outgoing.notices import Notices
from apitest_server.outgoing.tls import context
from apitest_server.redaction import without
from apitest_server.service.attrs import Attrs
from apitest_server.service.offers import Bound

if TYPE_CHECKING:  # The driver is loaded when a connection is first used
    from apitest_server.outgoing.cassandra_session import CassandraSession, Prepared

_INSTALL = "Install it with: pip install --force-reinstall --only-binary :all: cassandra-driver"


class CassandraConnection:
    """One definition, ready to be used by any thread; connects when it is first used."""

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of files begin.

        Raises:
            BadRequest: its certificates cannot be used.
        """
        self.name = item.name
        self._item = item
        self._tls = _tls(item, directory)
        self._notices = Notices(f"Cassandra connection `{item.name}`")
        self._lock = Lock()
        self._session: CassandraSession | None = None
        self._is_open = True
        self._failed: tuple[float, DatabaseError] | None = None

    @property
    def conn(self) -> "CassandraConnection":
        """The connection itself, by the name that existing services use."""
        return self

    @property
    def session(self) -> Any:
        """The driver's session, for what else it can do.

        Raises:
            DatabaseError: Cassandra cannot be reached.
        """
        with self._used() as session:
            return session.session

    def execute(self, query: object, parameters: Bound = None) -> list[Attrs]:
        """Runs a statement; returns its rows, all of them.

        Args:
            query: text, whose values are ``%s`` or ``%(name)s``, or a statement of the driver, such as a prepared one.
            parameters: the values, in order or by name.

        Raises:
            DatabaseError: Cassandra cannot be reached, or does not like the statement.
        """
        with self._used() as session:
            return session.execute(query, parameters)

    def execute_prepared(self, text: str, parameters: Bound = None) -> list[Attrs]:
        """Runs a statement whose values are ``?`` or ``:name``; it is prepared at its first use. Else as ``execute``.

        Raises:
            DatabaseError: parameters do not fit, Cassandra cannot be reached, or does not like the statement.
        """
        with self._used() as session:
            return session.execute_prepared(text, parameters)

    def prepare(self, text: str) -> "Prepared":
        """A prepared statement of the driver, for ``execute``.

        Raises:
            DatabaseError: Cassandra cannot be reached, or does not like the statement.
        """
        with self._used() as session:
            return session.prepared(text)

    def ping(self) -> str:
        """Asks Cassandra whether it is there; returns where that is.

        Raises:
            DatabaseError: it cannot be reached.
        """
        self.execute("SELECT key FROM system.local")
        fields = self._item.fields
        return ", ".join(f"{node}:{fields.get('port', 9042)}" for node in contact_points(fields["contact_points"]))

    def close(self) -> None:
        """Disconnects, once what is under way is done."""
        with self._lock:
            self._is_open = False
            self._drop()

    @contextmanager
    def _used(self) -> "Iterator[CassandraSession]":
        opened = self._driver()
        from apitest_server.outgoing import cassandra_errors

        session = self._taken(opened)
        try:
            yield session
        except cassandra_errors.FOREIGN as error:
            if cassandra_errors.is_lost(error):
                self._lose(session)
            raise self._without_secrets(cassandra_errors.running(self.name, error)) from None
        finally:
            session.finish()
            if not self._is_open:
                self.close()  # Whoever still has a connection that was changed or deleted leaves nothing behind

    def _driver(self) -> "Callable[[StoredObject, SSLContext | None], CassandraSession]":
        try:
            from apitest_server.outgoing.cassandra_session import CassandraSession
        except Exception as error:  # Beside ImportError, the driver raises one of its own where no event loop works
            raise DatabaseError(f"The driver of `{self.name}` cannot be loaded: {error}", "", _INSTALL, True) from None
        return CassandraSession

    def _taken(self, opened: "Callable[[StoredObject, SSLContext | None], CassandraSession]") -> "CassandraSession":
        came = monotonic()
        with self._lock:
            if self._session is not None and not self._session.is_alive:
                self._notices.lost()
                self._drop()
            if self._session is None:
                if self._failed is not None and self._failed[0] >= came:  # While this thread waited: not once each
                    raise DatabaseError(self._failed[1].problem, "", self._failed[1].fix, True)
                self._session = self._connected(opened)
            self._session.begin()
            return self._session

    def _connected(self, opened: "Callable[[StoredObject, SSLContext | None], CassandraSession]") -> "CassandraSession":
        try:
            made = opened(self._item, self._tls)
        except DatabaseError as error:
            told = self._without_secrets(error)
            self._failed = monotonic(), told
            self._notices.away(told.problem)
            raise told from None
        self._notices.connected()
        return made

    def _lose(self, session: "CassandraSession") -> None:
        with self._lock:
            if session is self._session:
                self._notices.lost()
                self._drop()

    def _drop(self) -> None:
        old, self._session = self._session, None
        if old is not None:
            old.end()

    def _without_secrets(self, error: DatabaseError) -> DatabaseError:
        said = without(error.problem, [self._item.secret("password")])
        return DatabaseError(said, error.where, error.fix, error.is_away)


def _tls(item: StoredObject, directory: Path) -> SSLContext | None:
    if not item.fields.get("use_tls"):
        return None
    made = context(item.fields, directory)
    if pair := item.fields.get("client_cert"):
        try:
            made.load_cert_chain(directory / pair)
        except (OSError, SSLError) as error:
            reason = getattr(error, "reason", "") or error.strerror or "it holds no certificate with its key"
            raise BadRequest(f"Input field `client_cert` names a file that cannot be used: {reason}") from None
    return made
