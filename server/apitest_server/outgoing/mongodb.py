"""An outgoing MongoDB connection: ``self.out.mongodb["Orders"].conn["shop"]["orders"].find_one()`` in services."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from apitest_server.errors import HTTPError, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.notices import Notices
from apitest_server.outgoing.places import places
from apitest_server.outgoing.shared import Shared
from apitest_server.outgoing.tls import client_context

if TYPE_CHECKING:
    from pymongo.database import Database

    from apitest_server.outgoing.mongodb_client import Client, Watched

PORTS = {"mongodb": 27017}


class MongoDBConnection:
    """One definition, ready to be used by any thread; connects when it is first used.

    Its databases are attributes and items, as those of pymongo's client are, with the errors of pymongo. In the
    ``with`` of ``client`` these become HTTPErrors: 409 where there is such a document already, 502 where the server
    refuses it otherwise, 400 for what cannot be asked, 503 where it is away, 504 where it does not answer in time.
    """

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of files begin.

        Raises:
            BadRequest: its certificates cannot be used.
        """
        self.name = item.name
        self._fields = item.fields
        self._secret = item.secret("password")
        self._directory = directory
        self._servers = places(item.fields["server_list"], PORTS, "mongodb")
        if item.fields.get("is_tls_enabled"):
            client_context(item.fields, directory)
        self._notices = Notices(f"MongoDB connection `{item.name}`")
        self._shared: Shared[Watched] = Shared(
            item.name, self._opened, lambda one: one.is_lost(), lambda one: one.close()
        )

    @property
    def conn(self) -> "MongoDBConnection":
        """The connection itself, by the name that existing services use."""
        return self

    @contextmanager
    def client(self) -> Iterator["Client"]:
        """The client of pymongo, which keeps a pool of connections."""
        with self._driver().told(self.name, self._notices, self._secret), self._shared.use() as watched:
            yield watched.client

    def __getitem__(self, database: str) -> "Database[dict[str, object]]":
        return self._shared.handed_out().client[database]

    def __getattr__(self, database: str) -> "Database[dict[str, object]]":
        if database.startswith("_"):
            raise AttributeError(database)
        return self[database]

    def ping(self) -> str:
        """Connects and logs in anew, and asks a server whether it is there; returns where they are."""
        with self._driver().told(self.name, self._notices, self._secret):
            watched = self._opened()
            try:
                watched.client.admin.command("ping")
            finally:
                watched.close()
        return ", ".join(server.where for server in self._servers)

    def close(self) -> None:
        """Ends what is not in use."""
        self._shared.close()

    def _opened(self) -> "Watched":
        try:
            watched: Watched = self._driver().opened(
                self.name, self._fields, self._servers, self._secret, self._directory
            )
        except HTTPError as error:
            self._notices.away(error)
            raise
        return watched

    def _driver(self) -> ModuleType:
        try:
            return import_module("apitest_server.outgoing.mongodb_client")
        except ImportError:
            fix = "install it with: pip install apitest[mongodb]"
            raise ServiceUnavailable(f"`{self.name}` needs pymongo, which is not installed; {fix}") from None
