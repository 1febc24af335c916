"""An outgoing LDAP connection: entries of a directory, ``self.out.ldap["Staff"].search("dc=example,dc=com")``."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from itertools import count, islice
from pathlib import Path
from random import sample
from types import ModuleType
from typing import TYPE_CHECKING

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.places import Place, places
from apitest_server.outgoing.sessions import Sessions
from apitest_server.outgoing.tls import client_context
from apitest_server.service.attrs import Attrs

if TYPE_CHECKING:
    import ldap3

    from apitest_server.outgoing.ldap_session import Login, Session

PORTS = {"ldap": 389, "ldaps": 636}
Values = Mapping[str, object]


class LDAPConnection:
    """One definition, ready to be used by any thread; connects when it is first used.

    Every method raises an HTTPError: 404 where there is no such entry, 409 where there is one already, 502 where the
    server refuses it otherwise, 400 for what cannot be asked, 503 where it is away, 504 where it does not answer in
    time.
    """

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of files begin.

        Raises:
            BadRequest: its certificates cannot be used.
        """
        self.name = item.name
        self._item = item
        self._fields = Attrs(item.fields)
        self._tls = client_context(item.fields, directory)
        self._servers = places(
            item.fields["server_list"], PORTS, "ldaps" if item.fields.get("is_tls_enabled") else "ldap"
        )
        self._turn = count()
        title, kept = f"LDAP connection `{item.name}`", int(item.fields.get("pool_size", 8))
        self._sessions = Sessions(title, self._opened, lambda one: one.is_alive(), lambda one: one.close(), kept=kept)

    @property
    def conn(self) -> "LDAPConnection":
        """The connection itself, by the name that existing services use."""
        return self

    @contextmanager
    def client(self) -> Iterator["ldap3.Connection"]:
        """A connection of ldap3 that is logged in, for as long as the ``with`` lasts, and for its thread alone.

        As ldap3 has it, what the server refuses is in ``result``; what cannot be asked, and a server that is lost, are
        errors.
        """
        with self._session("to do what the service wants") as session:
            session.connection.raise_exceptions = False
            try:
                yield session.connection
            finally:
                session.connection.raise_exceptions = True

    get = client  # The name that existing services use

    def search(
        self,
        base: str,
        filter: str = "(objectClass=*)",
        attributes: str | Iterable[str] = "*",
        scope: str = "SUBTREE",
        limit: int = 0,
    ) -> list[Attrs]:
        """Finds entries, however many the server gives out at a time.

        Args:
            base: the DN of the entry to begin with.
            filter: such as ``(&(objectClass=person)(mail=*@example.com))``.
            attributes: those to return; ``*`` for all.
            scope: ``BASE`` for that entry alone, ``LEVEL`` for those just below it, ``SUBTREE`` for it and all below.
            limit: how many to return at most; 0 for all.

        Returns:
            Of each its ``dn`` and ``attributes``.

        Raises:
            RemoteError: the server does not give out all of them.
        """
        wanted = [attributes] if isinstance(attributes, str) else list(attributes)
        with self._session(f"to search `{base}`") as session:
            return list(islice(session.entries(base, filter, scope, wanted), limit or None))

    def add(self, dn: str, object_class: str | Iterable[str], attributes: Values | None = None) -> None:
        """Makes an entry."""
        classes = object_class if isinstance(object_class, str) else list(object_class)
        with self._session(f"to add `{dn}`") as session:
            session.connection.add(dn, classes, dict(attributes or {}))

    def modify(self, dn: str, attributes: Values) -> None:
        """Gives an entry these values in the place of those that it has; an empty list takes an attribute away."""
        changes = {name: [("MODIFY_REPLACE", _values(value))] for name, value in attributes.items()}
        with self._session(f"to change `{dn}`") as session:
            session.connection.modify(dn, changes)

    def delete(self, dn: str) -> None:
        """Deletes an entry, which must have none below it."""
        with self._session(f"to delete `{dn}`") as session:
            session.connection.delete(dn)

    def compare(self, dn: str, attribute: str, value: object) -> bool:
        """Whether an attribute of an entry has a value, which the server alone may know."""
        with self._session(f"to compare `{dn}`") as session:
            return bool(session.connection.compare(dn, attribute, value))

    def check_credentials(self, user: str, password: str) -> bool:
        """Whether the server lets somebody in; never without a name or a password, which servers take for nobody."""
        if not user or not password:
            return False
        driver = self._driver()
        try:
            self._first(driver.Login(user, password)).close()
        except driver.Refused:
            return False
        return True

    def ping(self) -> str:
        """Asks the server whether it is there; returns where that is."""
        with self._session("to answer a ping") as session:
            session.look()
            return session.where

    def close(self) -> None:
        """Ends what is not in use."""
        self._sessions.close()

    @contextmanager
    def _session(self, what: str) -> Iterator["Session"]:
        with self._sessions.session() as session, session.asked(what):
            yield session

    def _opened(self) -> "Session":
        fields, driver = self._item.fields, self._driver()
        is_external = fields.get("auth_type") == "SASL"
        return self._first(driver.Login(fields.get("username", ""), self._item.secret("password"), is_external))

    def _driver(self) -> ModuleType:
        try:
            return import_module("apitest_server.outgoing.ldap_session")
        except ImportError:
            fix = "install it with: pip install apitest[ldap]"
            raise ServiceUnavailable(f"`{self.name}` needs ldap3, which is not installed; {fix}") from None

    def _first(self, login: "Login") -> "Session":
        """A session with the first server that is there; whom one refuses is refused."""
        driver = self._driver()
        in_order = self._in_order()
        for server in in_order:
            try:
                session: Session = driver.Session(self.name, self._fields, server, self._tls, login)
            except driver.Refused:
                raise
            except ServiceUnavailable:
                if server is in_order[-1]:
                    raise
            else:
                return session
        raise AssertionError("A definition has a server")

    def _in_order(self) -> list[Place]:
        strategy, all_of_them = self._item.fields.get("pool_ha_strategy", "FIRST"), self._servers
        if strategy == "RANDOM":
            return sample(all_of_them, len(all_of_them))
        start = next(self._turn) % len(all_of_them) if strategy == "ROUND_ROBIN" else 0
        return all_of_them[start:] + all_of_them[:start]


def _values(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]
