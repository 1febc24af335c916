"""Users of SSO who sign up themselves."""

from apitest_server.internal.sso._asked import WHO, asking, desk, given
from apitest_server.service.base import Service
from apitest_server.service.elements import List

_GIVEN = ("username", "password", "email", "display_name", "first_name", "middle_name", "last_name")


class SignUp(Service):
    """Makes a user who has to confirm it, or to be approved; also ``POST /zato/sso/user/signup``, for everybody."""

    name = "zato.sso.user.signup"

    class SimpleIO:
        """The user in; out comes ``confirm_token``, where the caller may know it."""

        input_required = ("username", "password")
        input_optional = (*WHO, *_GIVEN[2:], List("app_list"))

    def handle(self) -> None:
        """Refuses what breaks the rules of server.conf."""
        apps = [str(app) for app in self.request.input.app_list or ()]
        token = desk(self).signups.sign_up(asking(self), given(self, _GIVEN), apps)
        self.response.payload = {"confirm_token": token} if token else {}


class Confirm(Service):
    """Confirms a sign-up; also ``PATCH /zato/sso/user/signup`` and ``/zato/sso/user/signup/confirm``."""

    name = "zato.sso.user.confirm-signup"

    class SimpleIO:
        """The token in."""

        input_required = ("confirm_token",)
        input_optional = WHO

    def handle(self) -> None:
        """Refuses what is not the token of a sign-up."""
        desk(self).signups.confirm(asking(self), self.request.input.confirm_token)
