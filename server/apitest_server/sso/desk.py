"""What SSO offers to services and to the rest of the server; SQLAlchemy is loaded when something of it is used."""

from functools import cached_property
from typing import TYPE_CHECKING

from apitest_server.components import Key
from apitest_server.config.sso import SSO
from apitest_server.odb import ODB
from apitest_server.security.authentication import Authentication

if TYPE_CHECKING:
    from apitest_server.sso.login import Login
    from apitest_server.sso.sessions import Sessions
    from apitest_server.sso.users import Users


class Desk:
    """All that can be asked for."""

    def __init__(self, odb: ODB, rules: SSO, authentication: Authentication) -> None:
        self.rules = rules
        self._odb = odb
        self._authentication = authentication

    @cached_property
    def sessions(self) -> "Sessions":
        """Sessions."""
        from apitest_server.sso.sessions import Sessions

        return Sessions(self._odb, self.rules, self._now)

    @cached_property
    def login(self) -> "Login":
        """Signing in, and passwords."""
        from apitest_server.sso.login import Login

        return Login(self._odb, self.rules, self.sessions, self._authentication)

    @cached_property
    def users(self) -> "Users":
        """Users."""
        from apitest_server.sso.users import Users

        return Users(self._odb, self.rules, self.sessions, self.login, self._now)

    def _now(self) -> float:
        return self._authentication.now()


DESK: Key[Desk] = Key("sso")
