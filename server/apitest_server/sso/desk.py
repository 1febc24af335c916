"""What SSO offers to services and to the rest of the server; SQLAlchemy is loaded when something of it is used."""

from functools import cached_property
from typing import TYPE_CHECKING

from apitest_server.components import Key
from apitest_server.config.sso import SSO
from apitest_server.odb import ODB
from apitest_server.security.authentication import Authentication
from apitest_server.sso.errands import Errands

if TYPE_CHECKING:
    from apitest_server.sso.attributes import Attributes
    from apitest_server.sso.links import Links
    from apitest_server.sso.login import Login
    from apitest_server.sso.resets import Resets
    from apitest_server.sso.search import Search
    from apitest_server.sso.sessions import Sessions
    from apitest_server.sso.signups import SignUps
    from apitest_server.sso.two_factor import TwoFactor
    from apitest_server.sso.users import Users


class Desk:
    """All that can be asked for."""

    def __init__(self, odb: ODB, rules: SSO, authentication: Authentication, errands: Errands) -> None:
        self.rules = rules
        self.errands = errands
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

        return Login(self._odb, self.rules, self.sessions, self.two_factor, self._authentication)

    @cached_property
    def two_factor(self) -> "TwoFactor":
        """Codes that are shown at sign-ins."""
        from apitest_server.sso.two_factor import TwoFactor

        return TwoFactor(self._odb, self.rules, self.sessions, self._now)

    @cached_property
    def links(self) -> "Links":
        """Linked accounts."""
        from apitest_server.sso.links import Links

        return Links(self._odb, self.sessions, self._authentication)

    @cached_property
    def users(self) -> "Users":
        """Users."""
        from apitest_server.sso.users import Users

        return Users(self._odb, self.rules, self.sessions, self.login, self.two_factor, self.errands, self._now)

    @cached_property
    def search(self) -> "Search":
        """Looking users up."""
        from apitest_server.sso.search import Search

        return Search(self._odb, self.sessions)

    @cached_property
    def attributes(self) -> "Attributes":
        """What applications keep for users, or for sessions."""
        from apitest_server.sso.attributes import Attributes

        return Attributes(self._odb, self.sessions, self._now)

    @cached_property
    def signups(self) -> "SignUps":
        """Users who sign up themselves."""
        from apitest_server.sso.signups import SignUps

        return SignUps(self._odb, self.rules, self.sessions, self.users, self.errands, self._now)

    @cached_property
    def resets(self) -> "Resets":
        """Passwords that were forgotten."""
        from apitest_server.sso.resets import Resets

        return Resets(self._odb, self.rules, self.sessions, self.login, self.errands, self._now)

    def _now(self) -> float:
        return self._authentication.now()


DESK: Key[Desk] = Key("sso")
