"""A session with an LDAP server, over ldap3, which this module alone imports."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from ssl import SSLContext
from typing import NamedTuple
from warnings import catch_warnings, simplefilter

from apitest_server.errors import (
    BadRequest,
    Conflict,
    HTTPError,
    NotFound,
    RemoteError,
    ServiceTimeout,
    ServiceUnavailable,
)
from apitest_server.outgoing.places import Place
from apitest_server.redaction import without
from apitest_server.service.attrs import Attrs

with catch_warnings():
    simplefilter("ignore", DeprecationWarning)  # ldap3 uses names of pyasn1 that have others by now
    import ldap3
    from ldap3.core import exceptions

PAGE = 500  # entries that are asked for at a time: many servers give out no more than a thousand
_PAGES = "1.2.840.113556.1.4.319"  # The control of RFC 2696
_REASON = re.compile(r"\[Errno -?\d+\] ([^'\"\]]+)")
_IP = {"SYSTEM": ldap3.IP_SYSTEM_DEFAULT, "V4_ONLY": ldap3.IP_V4_ONLY, "V6_ONLY": ldap3.IP_V6_ONLY}


class Login(NamedTuple):
    """Who logs in; without a name nobody in particular, unless a certificate shows who it is."""

    user: str
    password: str
    is_external: bool = False


class _TLS(ldap3.Tls):  # type: ignore[misc]  # ldap3 has no types
    """Certificates are verified as everywhere in this server."""

    def __init__(self, context: SSLContext) -> None:
        super().__init__()
        self._context = context

    def wrap_socket(self, connection: ldap3.Connection, do_handshake: bool = False) -> None:
        """Called by ldap3 when TLS begins."""
        name = connection.server.host
        connection.socket = self._context.wrap_socket(connection.socket, server_hostname=name)


class Session:
    """One session.

    Attributes:
        connection: ldap3's, which raises its errors.
        where: the server.
    """

    def __init__(self, name: str, fields: Attrs, server: Place, tls: SSLContext, login: Login) -> None:
        """Connects and logs in.

        Args:
            name: of the connection, for errors.
            fields: of its definition.
            server: which one of its servers.
            tls: how certificates are verified, and shown.
            login: who logs in.

        Raises:
            ServiceUnavailable: the server is away.
            Refused: it does not let them in.
        """
        self.where = server.where
        self._name, self._secrets = name, [login.password]
        self.connection = _made(fields, server, tls, login)
        try:
            self.connection.open(read_server_info=False)
            if fields.get("auto_bind") == "TLS_BEFORE_BIND" and server.scheme == "ldap":
                self.connection.start_tls(read_server_info=False)
            self.connection.bind()
        except exceptions.LDAPException as error:
            self.close()
            raise self._not_opened(error) from None

    def is_alive(self) -> bool:
        """Whether the server still answers."""
        try:
            self.look()
        except exceptions.LDAPException:
            return False
        return True

    def look(self) -> None:
        """Asks for what every server shows: itself."""
        self.connection.search("", "(objectClass=*)", ldap3.BASE, attributes=[ldap3.NO_ATTRIBUTES])

    def entries(self, base: str, wanted: str, scope: str, attributes: Sequence[str]) -> Iterator[Attrs]:
        """What is found: of each entry its ``dn`` and ``attributes``; asked for in pages, until there are no more."""
        cookie: object = None
        while cookie != b"":
            self.connection.search(
                base,
                wanted,
                scope,
                attributes=attributes,
                paged_size=PAGE,
                paged_cookie=cookie,
                paged_criticality=False,
            )
            result = self.connection.result
            for entry in self.connection.response:
                if entry["type"] == "searchResEntry":
                    yield Attrs(dn=entry["dn"], attributes=Attrs(entry["attributes"]))
            if result["description"] != "success":  # A limit of the server's, which ldap3 does not take for an error
                raise RemoteError(f"`{self._name}` does not return all entries: {result['description']}")
            cookie = result.get("controls", {}).get(_PAGES, {}).get("value", {}).get("cookie", b"")

    def close(self) -> None:
        """Ends it."""
        with suppress(exceptions.LDAPException, OSError):
            self.connection.unbind()
        with suppress(AttributeError, OSError):  # Of one that could not be opened as a whole, ldap3 forgets the socket
            self.connection.socket.close()

    @contextmanager
    def asked(self, what: str) -> Iterator[None]:
        """Around what is asked of the server: its refusals and its end are told in our words."""
        try:
            yield
        except exceptions.LDAPException as error:
            raise self._failed(error, what) from None

    def _not_opened(self, error: Exception) -> ServiceUnavailable:
        if isinstance(error, exceptions.LDAPCommunicationError | exceptions.LDAPStartTLSError):
            return ServiceUnavailable(f"`{self._name}` cannot be reached at {self.where}: {self._said(error)}")
        return Refused(f"`{self._name}` refuses to log in at {self.where}: {self._said(error)}")

    def _failed(self, error: Exception, what: str) -> HTTPError:
        said = f"`{self._name}` refuses {what}: {self._said(error)}"
        if isinstance(error, exceptions.LDAPNoSuchObjectResult):
            return NotFound(f"`{self._name}` refuses {what}: there is no such entry")
        if isinstance(error, exceptions.LDAPEntryAlreadyExistsResult):
            return Conflict(f"`{self._name}` refuses {what}: there is such an entry already")
        if isinstance(error, exceptions.LDAPOperationResult):
            return RemoteError(said)
        if not isinstance(error, exceptions.LDAPCommunicationError):
            return BadRequest(f"`{self._name}` cannot be asked {what}: {self._said(error)}")
        self.close()
        if "timed out" in str(error):
            return ServiceTimeout(f"`{self._name}` did not answer in time when it was asked {what}")
        return ServiceUnavailable(f"`{self._name}` was lost when it was asked {what}: {self._said(error)}")

    def _said(self, error: Exception) -> str:
        """In one line; no secret is in it, whatever the server answers."""
        if isinstance(error, exceptions.LDAPOperationResult):
            said = ", ".join(part for part in (error.description, error.message) if part)
        else:
            reasons = _REASON.findall(str(error))
            said = reasons[-1] if reasons else str(error)
        return without(" ".join(said.split()), self._secrets)


class Refused(ServiceUnavailable):
    """The server is there and does not let them in: another one of the list would not either."""


def _made(fields: Attrs, server: Place, tls: SSLContext, login: Login) -> ldap3.Connection:
    place = ldap3.Server(
        server.host,
        server.port,
        use_ssl=server.scheme == "ldaps",
        tls=_TLS(tls),
        connect_timeout=fields.get("connect_timeout", 10),
        get_info=fields.get("get_info", ldap3.SCHEMA),
        mode=_IP[fields.get("ip_mode", "SYSTEM")],
    )
    known = (ldap3.SIMPLE, login.user, login.password) if login.user else (ldap3.ANONYMOUS, None, None)
    how, user, password = (ldap3.SASL, None, None) if login.is_external else known
    return ldap3.Connection(
        place,
        user,
        password,
        authentication=how,
        sasl_mechanism=ldap3.EXTERNAL if login.is_external else None,
        sasl_credentials="" if login.is_external else None,
        receive_timeout=fields.get("timeout", 10),
        read_only=bool(fields.get("is_read_only")),
        check_names=bool(fields.get("should_check_names", False)),
        return_empty_attributes=bool(fields.get("should_return_empty_attrs", True)),
        auto_range=bool(fields.get("use_auto_range", True)),
        auto_referrals=False,
        raise_exceptions=True,
    )
