"""Users of SSO: they sign in and out; super-users, and administrators of the server, make and change them."""

from apitest_server.internal.sso._asked import WHO, asking, desk, given
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, DateTime, Int
from apitest_server.sso.asking import moment
from apitest_server.sso.codes import NOT_ALLOWED, refused
from apitest_server.sso.given import NewPassword

_NAMES = ("email", "display_name", "first_name", "middle_name", "last_name")
_OWN = ("username", "password", "password_must_change", *_NAMES, "is_locked", "sign_up_status")
_CHANGED = (*_NAMES, "is_locked", "password_expiry", "password_must_change", "sign_up_status", "approval_status")


class Create(Service):
    """Makes a user, for super-users; also ``POST /zato/sso/user``. Only administrators make super-users."""

    name = "zato.sso.user.create"

    class SimpleIO:
        """The user in; out comes what is known of it."""

        input_required = ("username",)
        input_optional = (
            *WHO, "password", *_NAMES, "sign_up_status",
            Bool("is_locked"), Bool("password_must_change"), Bool("is_super_user", default=False),
        )  # fmt: skip

    def handle(self) -> None:
        """Refuses what breaks the rules of server.conf."""
        who, is_super_user = asking(self), self.request.input.is_super_user
        if is_super_user and (who.ust or not who.is_administrator):
            raise refused(NOT_ALLOWED)
        self.response.payload = desk(self).users.create(who, given(self, _OWN), is_super_user)


class Get(Service):
    """Returns who is signed in; for super-users, any user. Also ``GET /zato/sso/user``."""

    name = "zato.sso.user.get"

    class SimpleIO:
        """A user's ID in."""

        input_optional = (*WHO, "user_id")

    def handle(self) -> None:
        """Refuses other users to whom is not a super-user."""
        self.response.payload = desk(self).users.get(asking(self), str(self.request.input.user_id))


class Update(Service):
    """Changes what is given of who is signed in; for super-users, of any user. Also ``PATCH /zato/sso/user``."""

    name = "zato.sso.user.update"

    class SimpleIO:
        """What is changed in; out comes what is known of the user."""

        input_optional = (
            *WHO, "user_id", *_NAMES, "sign_up_status", "approval_status",
            Bool("is_locked"), Bool("password_must_change"), DateTime("password_expiry"),
        )  # fmt: skip

    def handle(self) -> None:
        """Refuses what the caller may not change."""
        fields = given(self, _CHANGED)
        self.response.payload = desk(self).users.update(asking(self), fields, str(self.request.input.user_id))


class Delete(Service):
    """Deletes a user, for super-users; also ``DELETE /zato/sso/user``."""

    name = "zato.sso.user.delete"

    class SimpleIO:
        """A user's ID, or name, in."""

        input_optional = (*WHO, "user_id", "username")

    def handle(self) -> None:
        """Refuses to delete who asks."""
        desk(self).users.delete(asking(self), str(self.request.input.user_id), self.request.input.username)


class LogIn(Service):
    """Signs a user in; also ``POST /zato/sso/user/login``."""

    name = "zato.sso.user.login"

    class SimpleIO:
        """User name and password in, the token of a session out."""

        input_required = ("username", "password")
        input_optional = (*WHO, "new_password")

    async def handle(self) -> None:
        """Refuses without a word about why, slower after each failure."""
        given = self.request.input
        opened = await desk(self).login.log_in(asking(self), given.username, given.password, given.new_password)
        self.response.payload = {
            "ust": opened.ust,
            "user_id": opened.user_id,
            "username": opened.username,
            "creation_time": moment(opened.creation_time),
            "expiration_time": moment(opened.expiration_time),
        }


class LogOut(Service):
    """Ends a session; also ``POST /zato/sso/user/logout``."""

    name = "zato.sso.user.logout"

    class SimpleIO:
        """The token of a session in."""

        input_optional = WHO

    def handle(self) -> None:
        """Refuses what is not the token of a session."""
        desk(self).sessions.log_out(asking(self))


class ChangePassword(Service):
    """Changes one's own password; for super-users, anybody's. Also ``PATCH /zato/sso/user/password``."""

    name = "zato.sso.user.change-password"

    class SimpleIO:
        """Passwords in."""

        input_required = ("new_password",)
        input_optional = (*WHO, "old_password", "user_id", Int("password_expiry"), Bool("must_change", default=False))

    async def handle(self) -> None:
        """Refuses a wrong old password, and a new one that breaks the rules of server.conf."""
        given = self.request.input
        new = NewPassword(given.new_password, given.password_expiry, given.must_change)
        await desk(self).login.change_password(asking(self), given.old_password, new, str(given.user_id))


class _OfUser:
    """A user's ID in."""

    input_required = ("user_id",)
    input_optional = WHO


class Lock(Service):
    """Does not let a user sign in, and ends all sessions; for super-users. Also ``POST /zato/sso/user/lock``."""

    name = "zato.sso.user.lock"
    SimpleIO = _OfUser

    def handle(self) -> None:
        """Refuses a user that does not exist."""
        desk(self).users.lock(asking(self), str(self.request.input.user_id))


class Unlock(Service):
    """Lets a user sign in again; for super-users. Also ``DELETE /zato/sso/user/lock``."""

    name = "zato.sso.user.unlock"
    SimpleIO = _OfUser

    def handle(self) -> None:
        """Refuses a user that does not exist."""
        desk(self).users.unlock(asking(self), str(self.request.input.user_id))


class Approve(Service):
    """Lets a user sign in who has signed up; for super-users. Also ``POST /zato/sso/user/approve``."""

    name = "zato.sso.user.approve"
    SimpleIO = _OfUser

    def handle(self) -> None:
        """Refuses a user that does not exist."""
        desk(self).users.decide(asking(self), str(self.request.input.user_id), "approved")


class Reject(Service):
    """Does not let a user sign in who has signed up; for super-users. Also ``POST /zato/sso/user/reject``."""

    name = "zato.sso.user.reject"
    SimpleIO = _OfUser

    def handle(self) -> None:
        """Refuses a user that does not exist."""
        desk(self).users.decide(asking(self), str(self.request.input.user_id), "rejected")
