"""Passwords of users of SSO that were forgotten."""

from apitest_server.internal.sso._asked import WHO, asking, desk
from apitest_server.service.base import Service

_NOTHING: list[str] = []


class CreateToken(Service):
    """Sends a token by e-mail, to whom a user name or an address is of; also ``POST /zato/sso/password/reset``."""

    name = "zato.sso.password-reset.create-token"

    class SimpleIO:
        """A user name, or an e-mail address, in."""

        input_required = ("credential",)
        input_optional = WHO

    def handle(self) -> None:
        """Answers alike whether there is such a user or not."""
        desk(self).resets.create_token(asking(self), self.request.input.credential)
        self.response.payload = {"sub_status": _NOTHING}


class AccessToken(Service):
    """Returns the key to change a password with for a token; also ``PATCH /zato/sso/password/reset``."""

    name = "zato.sso.password-reset.access-token"

    class SimpleIO:
        """A token in, ``reset_key`` out."""

        input_required = ("token",)
        input_optional = WHO

    def handle(self) -> None:
        """Refuses a token that is not valid, and one that was used."""
        key = desk(self).resets.access_token(asking(self), self.request.input.token)
        self.response.payload = {"reset_key": key, "sub_status": _NOTHING}


class ChangePassword(Service):
    """Sets a new password, with a token and its key; also ``DELETE /zato/sso/password/reset``."""

    name = "zato.sso.password-reset.change-password"

    class SimpleIO:
        """Token, key and password in."""

        input_required = ("token", "reset_key", "password")
        input_optional = WHO

    def handle(self) -> None:
        """Refuses what does not belong together, and a password that breaks the rules of server.conf."""
        given = self.request.input
        desk(self).resets.change_password(asking(self), given.token, given.reset_key, given.password)
        self.response.payload = {"sub_status": _NOTHING}
