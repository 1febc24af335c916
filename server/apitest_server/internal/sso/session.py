"""Sessions of users of SSO."""

from apitest_server.internal.sso._asked import WHO, asking, desk
from apitest_server.service.base import Service


class Verify(Service):
    """Returns whether a token is that of a session; for super-users. Also ``POST /zato/sso/user/session``."""

    name = "zato.sso.session.verify"

    class SimpleIO:
        """A token in, ``is_valid`` out."""

        input_required = ("target_ust",)
        input_optional = WHO

    def handle(self) -> None:
        """Refuses to tell others than super-users."""
        is_valid = desk(self).sessions.verify(asking(self), self.request.input.target_ust)
        self.response.payload = {"is_valid": is_valid}


class Get(Service):
    """Returns what is known of a session; for super-users. Also ``GET /zato/sso/user/session``."""

    name = "zato.sso.session.get"

    class SimpleIO:
        """A token in."""

        input_required = ("target_ust",)
        input_optional = WHO

    def handle(self) -> None:
        """Refuses what is not the token of a session."""
        self.response.payload = desk(self).sessions.get(asking(self), self.request.input.target_ust)


class GetList(Service):
    """Lists one's own sessions; for super-users, those of anybody who has one. ``GET /zato/sso/user/session/list``."""

    name = "zato.sso.session.get-list"

    class SimpleIO:
        """For super-users, a token or the ID of who is meant."""

        input_optional = (*WHO, "target_ust", "user_id")

    def handle(self) -> None:
        """Refuses what is not the token of a session."""
        given = self.request.input
        found = desk(self).sessions.of_user(asking(self), given.target_ust, str(given.user_id))
        self.response.payload = {"result": found}


class Renew(Service):
    """Lets a session live on, one's own, or for super-users any; also ``PATCH /zato/sso/user/session``."""

    name = "zato.sso.session.renew"

    class SimpleIO:
        """For super-users, a token in; out comes when the session will expire."""

        input_optional = (*WHO, "target_ust")

    def handle(self) -> None:
        """Refuses what is not the token of a session."""
        expires = desk(self).sessions.renew(asking(self), self.request.input.target_ust)
        self.response.payload = {"expiration_time": expires}
