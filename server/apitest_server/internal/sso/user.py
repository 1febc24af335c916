"""Users of SSO: they sign in and out; super-users, and administrators of the server, make and change them."""

from apitest_server.errors import InputError
from apitest_server.internal.sso._asked import WHO, asking, authorization, desk, given, present
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, DateTime, Int
from apitest_server.sso.asking import moment
from apitest_server.sso.codes import NOT_ALLOWED, refused
from apitest_server.sso.given import NewPassword

_NAMES = ("email", "display_name", "first_name", "middle_name", "last_name")
_OWN = ("username", "password", "password_must_change", *_NAMES, "is_locked", "sign_up_status")
_TOTP = ("totp_key", "totp_label", "totp_code")
_CHANGED = (
    *_NAMES,
    "is_totp_enabled",
    *_TOTP,
    "is_locked",
    "password_expiry",
    "password_must_change",
    "sign_up_status",
    "approval_status",
)


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
            *WHO, "user_id", *_NAMES, *_TOTP, "sign_up_status", "approval_status",
            Bool("is_locked"), Bool("password_must_change"), Bool("is_totp_enabled"), DateTime("password_expiry"),
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
    """Signs a user in, or whose linked account ``Authorization`` shows; also ``POST /zato/sso/user/login``."""

    name = "zato.sso.user.login"

    class SimpleIO:
        """User name and password in, the token of a session out."""

        input_optional = (*WHO, "username", "password", "new_password", "totp_code")

    async def handle(self) -> None:
        """Refuses without a word about why, slower after each failure."""
        given, who, header = self.request.input, asking(self), authorization(self)
        if header and not given.username:
            opened = await desk(self).links.log_in(who, header)
        else:
            for name in ("username", "password"):
                if name not in present(self):
                    raise InputError(name, "is required")
            opened = await desk(self).login.log_in(
                who, given.username, given.password, given.new_password, given.totp_code
            )
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


class ResetTOTPKey(Service):
    """Gives one's own codes another key; for super-users, anybody's. Also ``PATCH /zato/sso/user/totp``."""

    name = "zato.sso.user.reset-totp-key"

    class SimpleIO:
        """A key in, and what it is called; without a key there is a random one, which comes out."""

        input_optional = (*WHO, "user_id", *_TOTP)

    def handle(self) -> None:
        """Refuses a key that is not one, and who needs codes and shows none."""
        found = desk(self).two_factor.reset_key(asking(self), given(self, _TOTP), str(self.request.input.user_id))
        self.response.payload = found


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
