"""Administrators: who may use the admin API. They are objects of the ODB; the first one is made at the first start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_urlsafe

from apitest_server.cluster import local, passes
from apitest_server.cluster.passes import Passes
from apitest_server.odb import ODB
from apitest_server.odb.key import SecretKey
from apitest_server.security import credentials
from apitest_server.security.definitions import SIGNED, Verdict
from apitest_server.security.groups import Group
from apitest_server.security.passwords import Verifier, hashed, nobody

KIND = "security.administrator"
KEY = "\0administrators"
FIRST = "admin"
VARIABLE = "APITEST_ADMIN_PASSWORD"
ADMIN_INVOKE = "admin.invoke"  # The Basic Auth definition whose credentials call the admin API, too
BUILT_IN = (ADMIN_INVOKE, "ide_publisher", "pubapi")  # Basic Auth definitions of a new server
_BASIC_AUTH = "security.basic-auth"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Of a new administrator.

    Attributes:
        username: the user name.
        password: the password, which is stored nowhere.
        generated: whether it is random, so that somebody has to be told.
    """

    username: str
    password: str = field(repr=False)
    generated: bool


class Administrators:
    """Checks requests of administrators: Basic Auth, a token of who can read the server's key, a pass of a server.

    Attributes:
        passwords: by user name, as they are stored.
        callers: definitions whose credentials are as good; the name of an administrator is the administrator's.
    """

    challenge = 'Basic realm="admin", charset="UTF-8"'

    def __init__(self, verifier: Verifier, key: SecretKey, passes: Passes, callers: Group) -> None:
        self.passes = passes
        self.callers = callers
        self.verifier = verifier
        self.key = key
        self.passwords: dict[str, str] = {}

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """The user name."""
        header = headers.get("authorization", "")
        given = credentials.basic(header)
        if given is None:
            return SIGNED if credentials.bearer(header) else None
        return given[0]

    def scheme(self) -> dict[str, str]:
        """HTTP Basic Auth; the token is for the command line only."""
        return {"type": "http", "scheme": "basic"}

    def headers(self, username: str, secret: str) -> dict[str, str]:
        """User name and password."""
        return {} if ":" in username else {"authorization": credentials.basic_value(username, secret)}

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The user name of an administrator, or the name of the definition of who calls like one."""
        header = headers.get("authorization", "")
        given = credentials.basic(header)
        if given is None:
            shown = credentials.bearer(header)
            if local.valid(self.key, shown):
                return local.USER
            return passes.USER if self.passes.take(shown) else None
        username, password = given
        stored = self.passwords.get(username, "")
        if stored and self.verifier.quick(stored, password):
            return username
        if not stored:
            return self.callers.check(headers) or self.verifier.refuse  # A user that does not exist costs the same time
        return lambda: username if self.verifier.verify(stored, password) else None


def first_administrator(odb: ODB) -> Credentials | None:
    """Makes the first administrator of a server that has none; returns the credentials, or ``None``.

    The password is that of the environment variable ``APITEST_ADMIN_PASSWORD``, else random. With the administrator
    come the definitions that clients expect on a new server; until somebody gives them passwords, none fits.
    """
    from sqlalchemy import select

    from apitest_server.odb.models import Object
    from apitest_server.odb.rows import Draft, Objects

    given = os.environ.get(VARIABLE, "")
    made = Credentials(FIRST, given or token_urlsafe(18), not given)
    with odb.writing() as session:
        if session.scalar(select(Object.id).where(Object.kind == KIND).limit(1)) is not None:
            return None
        rows, secrets = Objects(session, odb.key.open), {"password": hashed(made.password)}
        rows.add(Draft(KIND, "Administrator", KIND, FIRST, {"is_active": True}, secrets))
        for name in BUILT_IN:
            fields = {"is_active": True, "username": name, "realm": "apitest", "for_outgoing": False}
            secrets = {"password": nobody()}
            rows.add(Draft(_BASIC_AUTH, "Basic Auth definition", "security", name, fields, secrets, (name,)))
    return made
