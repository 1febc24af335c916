"""A connection to Solr, ``with self.search.solr["Shop"].conn.client() as client`` in services."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from apitest_server.errors import NotFound, RemoteError
from apitest_server.odb import StoredObject
from apitest_server.outgoing.driver import Driver
from apitest_server.outgoing.notices import Notices
from apitest_server.outgoing.pairs import pairs
from apitest_server.outgoing.tls import context
from apitest_server.redaction import without
from apitest_server.service.elements import Bool, Element, Text

if TYPE_CHECKING:
    import pysolr
    from requests import Session

DRIVER = Driver("Solr", "pysolr", "pysolr", "solr")
PING_PATH = "admin/ping"
_OPTIONS: Mapping[str, Element] = {
    "always_commit": Bool("always_commit"),
    "search_handler": Text("search_handler"),
    "use_qt_param": Bool("use_qt_param"),
}


class SolrConnection:
    """One definition, ready to be used by any thread; connects when it is first used.

    Every method raises an HTTPError: 404 where there is no such core or handler, 409 where a document has changed, 502
    where Solr refuses it otherwise, 503 where it is away, 504 where it does not answer in time.
    """

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
        self._address = str(item.fields["address"])
        self._notices = Notices(f"Solr connection `{item.name}`")
        self._lock = Lock()
        self._made: pysolr.Solr | None = None
        self._session: Session | None = None
        self._directory = directory
        if item.fields.get("ca_certs"):
            context(item.fields, directory)

    @property
    def conn(self) -> "SolrConnection":
        """The connection itself, by the name that existing services use."""
        return self

    @contextmanager
    def client(self) -> Iterator["pysolr.Solr"]:
        """The client of pysolr, which any number of threads may use at a time."""
        client, _ = self._connected()
        import pysolr

        try:
            yield client
        except pysolr.SolrError as error:
            raise RemoteError(without(f"`{self.name}` cannot do it: {error}", [self._secret])) from None

    def ping(self) -> str:
        """Asks the handler that the definition names; returns the address."""
        from apitest_server.outgoing.solr_http import answer_of

        _, session = self._connected()
        path = self._fields.get("ping_path", PING_PATH)
        url = urljoin(f"{self._address}/", path)
        try:
            response = session.get(url, params={"wt": "json"}, timeout=self._timeout)
        except NotFound as error:  # A 404 of a ping would say that there is no such connection
            raise RemoteError(error.details, error.status) from None
        if answer_of(response) is None:
            raise RemoteError(f"`{self.name}` does not answer as Solr does", response.status_code)
        return self._address

    def close(self) -> None:
        """Closes what is not in use."""
        with self._lock:
            if self._session is not None:
                self._session.close()

    @property
    def _timeout(self) -> int:
        return int(self._fields.get("timeout", 10))

    def _connected(self) -> tuple["pysolr.Solr", "Session"]:
        with self._lock:
            if self._made is None or self._session is None:
                self._session = self._opened()
                self._made = self._client(self._session)
            return self._made, self._session

    def _opened(self) -> "Session":
        from apitest_server.outgoing.solr_http import SolrAdapter, solr_session

        get = self._fields.get
        adapter = SolrAdapter(
            self.name,
            self._notices,
            self._secret,
            get("pool_size", 5),
            context(self._fields, self._directory),
            bool(get("ca_certs")),
        )
        username = str(get("username", ""))
        # As bytes, since the library requests would take text for Latin-1
        credentials = (username.encode(), self._secret.encode()) if username else None
        return solr_session(adapter, credentials, bool(get("validate_tls", True)))

    def _client(self, session: "Session") -> "pysolr.Solr":
        import pysolr

        # What it says of each request, and of each that fails with a traceback, is nothing for the server's log
        logging.getLogger(DRIVER.module).setLevel(logging.CRITICAL)
        return pysolr.Solr(
            self._address, timeout=self._timeout, session=session, **options_of(self._fields.get("options", ""))
        )


def options_of(text: str) -> dict[str, object]:
    """Options of the driver, one a line: ``always_commit=true``.

    Raises:
        ValueError: a line is not one that it takes.
    """
    found: dict[str, object] = {}
    for name, value in pairs(text, "always_commit=true").items():
        if name not in _OPTIONS:
            raise ValueError(f"may have {', '.join(_OPTIONS)}, and not `{name[:60]}`")
        try:
            found[name] = _OPTIONS[name].parse(value)
        except ValueError as error:
            raise ValueError(f"has a value of `{name}` that {error}") from None
    return found
