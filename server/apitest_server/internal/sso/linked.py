"""Linked accounts of users of SSO: security definitions whose credentials sign them in, too."""

from apitest_server.internal.sso._asked import WHO, asking, desk
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool


class Link(Service):
    """Links a security definition to a user; for super-users. Also ``POST /zato/sso/user/linked``."""

    name = "zato.sso.user.link"

    class SimpleIO:
        """A user's ID, and the type and the user name of a definition, in."""

        input_required = ("user_id", "auth_type", "auth_username")
        input_optional = (*WHO, Bool("is_active", default=True))

    def handle(self) -> None:
        """Refuses a definition that does not exist, or is linked to another user."""
        given = self.request.input
        desk(self).links.link(asking(self), str(given.user_id), given.auth_type, given.auth_username, given.is_active)


class Unlink(Service):
    """Ends a link, and the sessions that it opened; for super-users. Also ``DELETE /zato/sso/user/linked``."""

    name = "zato.sso.user.unlink"

    class SimpleIO:
        """A user's ID, and the type and the user name of a definition, in."""

        input_required = ("user_id", "auth_type", "auth_username")
        input_optional = WHO

    def handle(self) -> None:
        """Refuses a definition that is not linked to the user."""
        given = self.request.input
        desk(self).links.unlink(asking(self), str(given.user_id), given.auth_type, given.auth_username)


class GetLinked(Service):
    """Lists one's own linked accounts; for super-users, anybody's. Also ``GET /zato/sso/user/linked``."""

    name = "zato.sso.user.get-linked"

    class SimpleIO:
        """A user's ID in."""

        input_optional = (*WHO, "user_id")

    def handle(self) -> None:
        """Refuses other users to whom is not a super-user."""
        found = desk(self).links.of_user(asking(self), str(self.request.input.user_id))
        self.response.payload = {"result": found}
