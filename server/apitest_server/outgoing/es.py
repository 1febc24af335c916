"""A connection to Elasticsearch or OpenSearch, ``self.search.es["Orders"].conn.search(…)`` in services."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from apitest_server.errors import NotFound, RemoteError
from apitest_server.odb import StoredObject
from apitest_server.outgoing.driver import Driver
from apitest_server.outgoing.notices import Notices
from apitest_server.outgoing.places import places
from apitest_server.outgoing.tls import context

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

DRIVER = Driver("Elasticsearch", "opensearchpy", "opensearch-py", "opensearch")
PORTS = {"http": 9200, "https": 9200}


class ESConnection:
    """One definition, ready to be used by any thread; connects when it is first used."""

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of files begin.

        Raises:
            BadRequest: its certificates cannot be used.
            ServiceUnavailable: the driver is not installed.
        """
        DRIVER.need()
        self.name = item.name
        self._fields = item.fields
        self._secret = item.secret("password")
        self._notices = Notices(f"Elasticsearch connection `{item.name}`")
        self._lock = Lock()
        self._made: OpenSearch | None = None
        self._hosts = places(item.fields["hosts"], PORTS, "http")
        uses_tls = any(one.scheme == "https" for one in self._hosts)
        self._tls = context(item.fields, directory) if uses_tls else None

    @property
    def conn(self) -> "OpenSearch":
        """The driver's client. What it raises is an HTTPError of this server as well as an error of the driver.

        404 where there is no such index or document, 409 where it is there already or has changed, 502 where the server
        refuses it otherwise, 503 where no server can be reached, 504 where it does not answer in time.
        """
        with self._lock:
            if self._made is None:
                self._made = self._connected()
            return self._made

    def ping(self) -> str:
        """Asks who is there; returns where.

        Raises:
            HTTPError: nobody is, or it is somebody else.
        """
        try:
            found = self.conn.info()
        except NotFound as error:  # A 404 of a ping would say that there is no such connection
            raise self._stranger(error.status) from None
        if not isinstance(found, dict) or "version" not in found:
            raise self._stranger(200)
        return ", ".join(one.where for one in self._hosts)

    def close(self) -> None:
        """Closes what is not in use."""
        with self._lock:
            if self._made is not None:
                from apitest_server.outgoing.es_transport import close

                close(self._made)

    def _stranger(self, status: int) -> RemoteError:
        return RemoteError(f"`{self.name}` does not answer as Elasticsearch and OpenSearch do", status)

    def _connected(self) -> "OpenSearch":
        from apitest_server.outgoing.es_transport import Host, client

        get = self._fields.get
        hosts = [Host(host=one.host, port=one.port, use_ssl=one.scheme == "https") for one in self._hosts]
        return client(
            hosts,
            self._told,
            headers=self._headers(),
            timeout=get("timeout", 5),
            pool_maxsize=get("pool_size", 10),
            send_get_body_as=get("body_as", "POST"),
            ssl_context=self._tls,
        )

    def _headers(self) -> dict[str, str]:
        username = self._fields.get("username", "")
        if not username:
            return {}
        # The driver's own way takes Latin-1 alone
        return {"authorization": f"Basic {b64encode(f'{username}:{self._secret}'.encode()).decode('ascii')}"}

    @contextmanager
    def _told(self) -> Iterator[None]:
        from apitest_server.outgoing.es_errors import told

        with told(self.name, self._notices, self._secret):
            yield
