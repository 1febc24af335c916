"""``self.sso``: what services do with users; they may what the session may whose token they show.

In a plain service each method returns its result, in an ``async`` one it returns what has to be awaited.
"""

from apitest_server.invoke.invoker import Invoker
from apitest_server.service.attrs import Attrs
from apitest_server.sso.asking import Asking, moment
from apitest_server.sso.desk import Desk
from apitest_server.sso.facade_attributes import AttributesOf
from apitest_server.sso.facade_sessions import SessionAPI
from apitest_server.sso.given import Fields, NewPassword, Owner, Wanted
from apitest_server.sso.old_names import SearchCtx, SignupCtx
from apitest_server.sso.running import Runner

_EQUAL = ("user_id", "username", "email", "sign_up_status", "approval_status")
_NAMES = ("display_name", "first_name", "middle_name", "last_name")


class UserAPI:
    """``self.sso.user``.

    Attributes:
        session: sessions.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self.session = SessionAPI(runner)

    def login(
        self,
        cid: str,
        username: str,
        password: str,
        current_app: str,
        remote_addr: str,
        user_agent: str = "",
        has_remote_addr: bool = False,
        has_user_agent: bool = False,
        new_password: str = "",
        totp_code: str = "",
        **others: object,
    ) -> object:
        """Signs a user in: ``ust``, ``user_id``, ``username``, ``creation_time`` and ``expiration_time``."""
        asking = Asking("", current_app, remote_addr, user_agent or "")

        async def signed_in() -> Attrs:
            opened = await self._runner.desk.login.log_in(asking, username, password, new_password, totp_code)
            times = {name: moment(getattr(opened, name)) for name in ("creation_time", "expiration_time")}
            return Attrs({**opened._asdict(), **times})

        return self._runner.on_loop(signed_in())

    def logout(self, cid: str, ust: str, current_app: str, remote_addr: str, user_agent: str = "") -> object:
        """Ends a session."""
        asking = Asking(ust, current_app, remote_addr, user_agent)
        return self._runner.run(lambda: self._runner.desk.sessions.log_out(asking))

    def signup(self, cid: str, ctx: SignupCtx, current_app: str, remote_addr: str, user_agent: str = "") -> object:
        """Signs a user up, and returns the token of confirmation, where server.conf lets callers know it."""
        asking = Asking("", current_app, remote_addr, user_agent)
        given = {"username": ctx.username, "password": ctx.password, "email": ctx.email}
        return self._runner.run(lambda: self._runner.desk.signups.sign_up(asking, given, ctx.app_list))

    def confirm_signup(
        self, cid: str, confirm_token: str, current_app: str, remote_addr: str, user_agent: str = ""
    ) -> object:
        """Confirms a sign-up."""
        asking = Asking("", current_app, remote_addr, user_agent)
        return self._runner.run(lambda: self._runner.desk.signups.confirm(asking, confirm_token))

    def create_user(self, cid: str, data: Fields, current_ust: str, current_app: str, remote_addr: str) -> object:
        """Makes a user of ``data``, where what is known of it is then; for super-users."""
        return self._runner.run(lambda: self._create(data, Asking(current_ust, current_app, remote_addr), False))

    def create_super_user(self, cid: str, data: Fields, current_ust: str, current_app: str, remote_addr: str) -> object:
        """The same, of a super-user."""
        return self._runner.run(lambda: self._create(data, Asking(current_ust, current_app, remote_addr), True))

    create = create_user

    def get_user_by_id(self, cid: str, user_id: str, current_ust: str, current_app: str, remote_addr: str) -> object:
        """What is known of a user; ``attr`` are the user's attributes."""
        asking = Asking(current_ust, current_app, remote_addr)

        def got() -> Attrs:
            found = Attrs(self._runner.desk.users.get(asking, user_id))
            found["attr"] = AttributesOf(self._runner.desk, self._runner.run, asking, Owner(found.user_id))
            return found

        return self._runner.run(got)

    def get_current_user(self, cid: str, current_ust: str, current_app: str, remote_addr: str) -> object:
        """What is known of who is signed in."""
        return self.get_user_by_id(cid, "", current_ust, current_app, remote_addr)

    def update_user_by_id(
        self,
        cid: str,
        user_id: str,
        data: Fields,
        current_ust: str,
        current_app: str,
        remote_addr: str,
    ) -> object:
        """Changes what is in ``data``, of any user; for super-users."""
        asking = Asking(current_ust, current_app, remote_addr)
        return self._runner.run(lambda: self._runner.desk.users.update(asking, data, user_id))

    def update_current_user(
        self, cid: str, data: Fields, current_ust: str, current_app: str, remote_addr: str
    ) -> object:
        """Changes what is in ``data``, of who is signed in."""
        return self.update_user_by_id(cid, "", data, current_ust, current_app, remote_addr)

    def change_password(self, cid: str, data: Fields, current_ust: str, current_app: str, remote_addr: str) -> object:
        """Changes a password; ``data`` has the fields of ``PATCH /zato/sso/user/password``."""
        new = NewPassword(data["new_password"], data.get("password_expiry"), bool(data.get("must_change")))
        asking = Asking(current_ust, current_app, remote_addr)
        old, user_id = data.get("old_password") or "", data.get("user_id") or ""
        return self._runner.on_loop(self._runner.desk.login.change_password(asking, old, new, user_id))

    def reset_totp_key(
        self,
        cid: str,
        current_ust: str,
        user_id: str | None,
        key: str | None,
        key_label: str | None,
        current_app: str,
        remote_addr: str,
        totp_code: str = "",
    ) -> object:
        """Gives codes another key, and returns one that was made because none was given."""
        asking = Asking(current_ust, current_app, remote_addr)
        given = {"totp_key": key, "totp_label": key_label, "totp_code": totp_code}
        two_factor = self._runner.desk.two_factor
        return self._runner.run(lambda: two_factor.reset_key(asking, given, user_id or "").get("totp_key"))

    def create_linked_auth(
        self,
        cid: str,
        ust: str,
        user_id: str,
        auth_type: str,
        auth_username: str,
        is_active: bool,
        current_app: str,
        remote_addr: str,
    ) -> object:
        """Links an account, ``basic_auth`` or ``jwt``, to a user; for super-users."""
        asking, links = Asking(ust, current_app, remote_addr), self._runner.desk.links
        return self._runner.run(lambda: links.link(asking, user_id, auth_type, auth_username, is_active))

    def delete_linked_auth(
        self,
        cid: str,
        ust: str,
        user_id: str,
        auth_type: str,
        auth_username: str,
        current_app: str,
        remote_addr: str,
    ) -> object:
        """Ends a link; for super-users."""
        asking, links = Asking(ust, current_app, remote_addr), self._runner.desk.links
        return self._runner.run(lambda: links.unlink(asking, user_id, auth_type, auth_username))

    def get_linked_auth_list(
        self, cid: str, ust: str, current_app: str, remote_addr: str, user_id: str | None = None
    ) -> object:
        """The linked accounts of a user."""
        asking, links = Asking(ust, current_app, remote_addr), self._runner.desk.links
        return self._runner.run(lambda: links.of_user(asking, user_id or ""))

    def delete_user_by_id(self, cid: str, user_id: str, current_ust: str, current_app: str, remote_addr: str) -> object:
        """Deletes a user; for super-users."""
        asking = Asking(current_ust, current_app, remote_addr)
        return self._runner.run(lambda: self._runner.desk.users.delete(asking, user_id))

    def lock_user(self, cid: str, user_id: str, current_ust: str, current_app: str, remote_addr: str) -> object:
        """Locks a user; for super-users."""
        asking = Asking(current_ust, current_app, remote_addr)
        return self._runner.run(lambda: self._runner.desk.users.lock(asking, user_id))

    def unlock_user(self, cid: str, user_id: str, current_ust: str, current_app: str, remote_addr: str) -> object:
        """Unlocks a user; for super-users."""
        asking = Asking(current_ust, current_app, remote_addr)
        return self._runner.run(lambda: self._runner.desk.users.unlock(asking, user_id))

    def approve_user(self, cid: str, user_id: str, current_ust: str, current_app: str, remote_addr: str) -> object:
        """Approves a user; for super-users."""
        asking = Asking(current_ust, current_app, remote_addr)
        return self._runner.run(lambda: self._runner.desk.users.decide(asking, user_id, "approved"))

    def reject_user(self, cid: str, user_id: str, current_ust: str, current_app: str, remote_addr: str) -> object:
        """Rejects a user; for super-users."""
        asking = Asking(current_ust, current_app, remote_addr)
        return self._runner.run(lambda: self._runner.desk.users.decide(asking, user_id, "rejected"))

    approve, reject = approve_user, reject_user

    def search(self, cid: str, ctx: SearchCtx, current_ust: str, current_app: str, remote_addr: str) -> object:
        """Looks users up; for super-users."""
        asking = Asking(current_ust, current_app, remote_addr)
        wanted = Wanted(
            equal={name: getattr(ctx, name) for name in _EQUAL if getattr(ctx, name)},
            names={name: getattr(ctx, name) for name in _NAMES if getattr(ctx, name)},
            is_any=ctx.name_op == "or",
            is_exact=ctx.is_name_exact,
            page=ctx.cur_page if ctx.paginate else 0,
            size=ctx.page_size,
        )
        return self._runner.run(lambda: self._runner.desk.search.search(asking, wanted))

    def _create(self, data: Fields, asking: Asking, is_super_user: bool) -> None:
        data.update(self._runner.desk.users.create(asking, data, is_super_user))


class ResetAPI:
    """``self.sso.password_reset``."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def create_token(
        self, cid: str, credential: str, current_app: str, remote_addr: str, user_agent: str = ""
    ) -> object:
        """Sends a token by e-mail, if there is such a user."""
        asking = Asking("", current_app, remote_addr, user_agent)
        return self._runner.run(lambda: self._runner.desk.resets.create_token(asking, credential))

    def access_token(self, cid: str, token: str, current_app: str, remote_addr: str, user_agent: str = "") -> object:
        """The key to change a password with."""
        asking = Asking("", current_app, remote_addr, user_agent)
        return self._runner.run(lambda: self._runner.desk.resets.access_token(asking, token))

    def change_password(
        self,
        cid: str,
        new_password: str,
        token: str,
        reset_key: str,
        current_app: str,
        remote_addr: str,
        user_agent: str = "",
    ) -> object:
        """Sets a new password."""
        asking = Asking("", current_app, remote_addr, user_agent)
        return self._runner.run(
            lambda: self._runner.desk.resets.change_password(asking, token, reset_key, new_password)
        )


class Facade:
    """``self.sso``.

    Attributes:
        user: users and their sessions.
        password_reset: passwords that were forgotten.
    """

    def __init__(self, desk: Desk, invoker: Invoker, timeout: float) -> None:
        runner = Runner(desk, invoker, timeout)
        self.user = UserAPI(runner)
        self.password_reset = ResetAPI(runner)
