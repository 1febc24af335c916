"""An outgoing connection to Odoo: ``with self.out.odoo["CRM"].conn.client() as client`` in services.

What Odoo documents as its external API is called: ``/xmlrpc/2/common`` to sign in, ``/xmlrpc/2/object`` for the rest.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from xmlrpc.client import Fault

from apitest_server.errors import HTTPError, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.notices import Notices
from apitest_server.outgoing.tls import context
from apitest_server.redaction import without

if TYPE_CHECKING:
    from apitest_server.outgoing.xml_rpc import XMLRPC

_COMMON, _OBJECT = "/xmlrpc/2/common", "/xmlrpc/2/object"
_ACCESS_DENIED = 3  # Odoo's code of a fault
_MOST_SAID = 500  # characters of what Odoo says; it tells whole tracebacks


class OdooModel:
    """A model, such as ``res.partner``; its methods are those of Odoo: ``model.search([["name", "=", "Maria"]])``."""

    def __init__(self, client: "OdooClient", name: str) -> None:
        self._client = client
        self.name = name

    def __getattr__(self, method: str) -> Callable[..., object]:
        if method.startswith("_"):  # Odoo refuses them, too
            raise AttributeError(method)

        def call(*arguments: object, **options: object) -> object:
            return self._client.execute_kw(self.name, method, arguments, options)

        return call


class OdooClient:
    """Who has signed in to a database of Odoo."""

    def __init__(self, connection: "OdooConnection", user_id: int) -> None:
        """Takes the connection, and the ID of the user."""
        self.user_id = user_id
        self._connection = connection

    def get_model(self, name: str) -> OdooModel:
        """The model of a name; whether there is one is found out by the first call."""
        return OdooModel(self, name)

    def execute_kw(
        self, model: str, method: str, arguments: Sequence[object] = (), options: Mapping[str, object] | None = None
    ) -> object:
        """What a method of a model returns.

        Raises:
            RemoteError: Odoo refuses it, in its words.
            HTTPError: it cannot be reached, or an argument cannot be sent.
        """
        return self._connection.execute(self.user_id, model, method, arguments, options or {})


class OdooConnection:
    """One definition, ready to be used by any thread; signs in when it is first used."""

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of this machine begin.

        Raises:
            BadRequest: its certificates cannot be used.
        """
        self.name = item.name
        self._item = item
        get = item.fields.get
        host, self._is_secure = item.fields["host"], get("protocol") == "xmlrpcs"
        self._place = f"[{host}]:{get('port', 8069)}" if ":" in host else f"{host}:{get('port', 8069)}"
        self._tls = context(item.fields, directory) if self._is_secure else None
        self._notices = Notices(f"Odoo connection `{item.name}`")
        self._lock = Lock()
        self._rpc: XMLRPC | None = None
        self._user_id = 0  # Until it has signed in

    @property
    def conn(self) -> "OdooConnection":
        """The connection itself, by the name that existing services use."""
        return self

    @contextmanager
    def client(self) -> Iterator[OdooClient]:
        """A client for as long as the ``with`` lasts.

        Raises:
            ServiceUnavailable: Odoo cannot be reached, or does not let the user in.
            HTTPError: it does not answer as Odoo does.
        """
        yield OdooClient(self, self._user_id or self._signed_in())

    def ping(self) -> str:
        """Signs in anew; returns where Odoo is."""
        self._signed_in()
        return self._place

    def execute(
        self, user_id: int, model: str, method: str, arguments: Sequence[object], options: Mapping[str, object]
    ) -> object:
        """Calls a method of a model; see ``OdooClient.execute_kw``."""
        who = (self._item.fields["database"], user_id, self._item.secret("password"))
        what = f"{model}.{method}"
        try:
            return self._call(_OBJECT, "execute_kw", *who, model, method, list(arguments), dict(options))
        except Fault as fault:
            if fault.faultCode == _ACCESS_DENIED:
                self._user_id = 0  # The password is another one by now: whoever comes next has to sign in
            raise RemoteError(f"`{self.name}` refuses {what}: {self._said(fault)}") from None

    def close(self) -> None:
        """Closes what is not in use."""
        with self._lock:
            if self._rpc is not None:
                self._rpc.close()

    def _signed_in(self) -> int:
        fields = self._item.fields
        database, user = fields["database"], fields["user"]
        try:
            found = self._call(_COMMON, "authenticate", database, user, self._item.secret("password"), {})
        except Fault as fault:
            raise ServiceUnavailable(f"`{self.name}` refuses to log in: {self._said(fault)}") from None
        if not isinstance(found, int) or not found:
            problem = f"`{self.name}` refuses to log in: wrong password, or no user `{user}` in database `{database}`"
            raise ServiceUnavailable(problem)
        self._user_id = found
        return self._user_id

    def _call(self, path: str, method: str, *arguments: object) -> object:
        try:
            result = self._opened().call(path, method, arguments)
        except (ServiceUnavailable, ServiceTimeout) as error:
            self._notices.away(error)
            raise
        except (HTTPError, Fault):
            self._notices.connected()
            raise
        self._notices.connected()
        return result

    def _opened(self) -> "XMLRPC":
        with self._lock:
            if self._rpc is None:
                from apitest_server.outgoing.xml_rpc import XMLRPC

                get, scheme = self._item.fields.get, "https" if self._is_secure else "http"
                address = f"{scheme}://{self._place}"
                self._rpc = XMLRPC(self.name, address, self._tls, get("pool_size", 3), get("timeout", 10))
            return self._rpc

    def _said(self, fault: Fault) -> str:
        """In one line, of a traceback the last one; no secret is in it, whatever Odoo answers."""
        lines = [line.strip() for line in str(fault.faultString).splitlines() if line.strip()] or [
            "it does not say why"
        ]
        said = lines[-1] if lines[0].startswith("Traceback") else " ".join(lines)
        return without(said[:_MOST_SAID], [self._item.secret("password")])
