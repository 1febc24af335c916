"""The ODB: brought up to date and read at start, then read and written through SQLAlchemy's sessions."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

import msgspec

from apitest_server.components import Key
from apitest_server.errors import ServiceUnavailable, StartError
from apitest_server.odb import start
from apitest_server.odb.driver import Driver
from apitest_server.odb.key import SecretKey
from apitest_server.odb.location import location
from apitest_server.odb.stored import StoredObject

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

logger = logging.getLogger("apitest.odb")


class ODB:
    """A server's database of objects.

    Attributes:
        where: its place; in a text without the password.
        key: what secrets are encrypted with.
        changing: held while an object is changed and until the running server knows it.
    """

    def __init__(self, url: str, directory: Path) -> None:
        """Takes the URL of server.conf (empty for SQLite) and the server's directory; opens nothing."""
        self.where = location(url, directory)
        self.key = SecretKey(directory)
        self.changing = RLock()
        self._engine: Engine | None = None
        self._over = False

    def load(self, prefix: str = "") -> list[StoredObject]:
        """All objects in the order in which they were made; the schema is made, or brought up to date, before.

        Args:
            prefix: what the kinds of the objects begin with; empty for all.

        Raises:
            StartError: the ODB cannot be reached, is damaged, is newer than this server, or belongs to another key.
        """
        found = start.read(self.where, prefix)
        if found is None:
            self._migrate()
            found = start.read(self.where, prefix)
        if found is None:
            raise StartError("The ODB's schema is not the one that its migrations make", str(self.where))
        return self._objects(found)

    def stored(self, driver: Driver, numbers: Collection[int] | None = None) -> list[StoredObject]:
        """The objects with these IDs, or all, as they are stored now; read while the server runs, over a connection.

        Raises:
            StartError: the ODB cannot be reached, or its schema is another one by now.
        """
        found = start.read_over(driver, numbers=numbers)
        if found is None:
            raise StartError("The ODB's schema was changed by another version of the server", str(self.where))
        return self._objects(found)

    def take_over(self) -> None:
        """From now on the ODB belongs to this server's key: the one before is lost, and all that it has encrypted.

        Raises:
            StartError: the ODB cannot be reached, or its schema made.
        """
        if start.read(self.where) is None:
            self._migrate()
        start.sign(self.where, self.key.mark, anew=True)

    @contextmanager
    def reading(self) -> Iterator["Session"]:
        """A session for a consistent view.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        with self._session(writes=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator["Session"]:
        """A session whose changes are committed at the end, all or, after an error, none of them.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        with self.changing, self._session(writes=True) as session, session.begin():
            yield session

    @property
    def engine(self) -> "Engine":
        """SQLAlchemy's engine, made when it is first asked for."""
        with self.changing:
            if self._engine is None:
                from apitest_server.odb.engine import engine

                self._engine = engine(self.where, self._is_over)
            return self._engine

    def close(self) -> None:
        """Closes its connections; each of those that are used at this moment, or are opened later, after its use."""
        self._over = True
        if self._engine is not None:
            self._engine.dispose()

    def _is_over(self) -> bool:
        return self._over

    @contextmanager
    def _session(self, writes: bool) -> Iterator["Session"]:
        from sqlalchemy import exc
        from sqlalchemy.orm import Session

        from apitest_server.odb.engine import WRITES

        engine = self.engine.execution_options(**{WRITES: writes})
        try:
            with Session(engine, expire_on_commit=False) as session:
                yield session
        except (exc.InterfaceError, exc.OperationalError) as error:
            logger.error("The ODB %s cannot be used: %s", self.where, self.where.told(error))
            raise ServiceUnavailable("The server's database cannot be reached") from None

    def _objects(self, found: start.Read) -> list[StoredObject]:
        if found.mark and found.mark != self.key.mark:
            raise StartError(
                f"The ODB {self.where} belongs to another key",
                str(self.key.path),
                f"Copy {self.key.path.name} from a server that uses this ODB; if there is none, and the key is lost, "
                "start once with --new-key, and set the secrets anew",
            )
        return [
            StoredObject(number, kind, name, _decoded(fields), _decoded(secrets), self.key.open)
            for number, kind, name, fields, secrets in found.rows
        ]

    def _migrate(self) -> None:
        from apitest_server.odb.migration import migrate

        self.key.create()
        if self.where.path is not None:
            _make_file(self.where.path)
        migrate(self.engine, self.where)
        start.sign(self.where, self.key.mark)
        logger.info("The ODB %s has the schema %s", self.where, start.HEAD)


def _make_file(path: Path) -> None:
    """The SQLite file, which nobody else may read."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise StartError(f"The ODB cannot be made: {error.strerror or error}", str(path)) from None


def _decoded(value: Any) -> Any:
    """JSON columns are text in SQLite; the driver of PostgreSQL decodes them."""
    return msgspec.json.decode(value) if isinstance(value, str | bytes) else value


DATABASE: Key[ODB] = Key("odb")
