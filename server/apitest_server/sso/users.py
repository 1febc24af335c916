"""Users, as they and super-users change them."""

import logging
from collections.abc import Callable
from secrets import token_hex, token_urlsafe

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from apitest_server.config.sso import SSO
from apitest_server.odb import ODB
from apitest_server.odb.sso_models import SSOUser
from apitest_server.sso import codes, letters, people
from apitest_server.sso.asking import Asking
from apitest_server.sso.codes import refused
from apitest_server.sso.errands import Errands
from apitest_server.sso.given import Given, NewPassword
from apitest_server.sso.login import Login
from apitest_server.sso.policy import email_problems, is_name, key_of, username_problems
from apitest_server.sso.sessions import Sessions, Who
from apitest_server.sso.two_factor import TwoFactor

logger = logging.getLogger("apitest.sso")
_OF_SUPER_USERS = ("is_locked", "password_expiry", "password_must_change", "sign_up_status", "approval_status")


class Users:
    """Makes, finds, changes and deletes users."""

    def __init__(
        self,
        odb: ODB,
        rules: SSO,
        sessions: Sessions,
        login: Login,
        two_factor: TwoFactor,
        errands: Errands,
        now: Callable[[], float],
    ) -> None:
        self._odb = odb
        self._two_factor = two_factor
        self._rules = rules
        self._sessions = sessions
        self._login = login
        self._errands = errands
        self._now = now

    def create(self, asking: Asking, given: Given, is_super_user: bool = False) -> dict[str, object]:
        """Makes a user who may sign in at once; for super-users. Without a password there is a random one.

        Raises:
            Refused: the caller may not, or what is given is not good.
        """
        with self._odb.reading() as session:
            self._sessions.super_user(session, asking)  # Nobody else makes the server hash anything
        new = self.password(given)
        with self._odb.writing() as session:
            who = self._sessions.super_user(session, asking)
            user = self.added(session, given, new, who.name)
            user.is_super_user = is_super_user
            if given.get("is_locked"):
                self._lock(user, who)
            if given.get("sign_up_status"):
                user.sign_up_status = _one_of(given["sign_up_status"], people.SIGN_UPS)
            session.flush()
            logger.info("SSO user `%s` was made by %s", user.username, who.name)
            return people.described(user, for_super_user=True)

    def password(self, given: Given) -> NewPassword:
        """The password of a new user, a random one if none is given, with its hash."""
        must_change = bool(given.get("password_must_change"))
        new = NewPassword(given.get("password") or token_urlsafe(24), must_change=must_change)
        return self._login.ready(new)

    def added(self, session: Session, given: Given, new: NewPassword, by: str) -> SSOUser:
        """A new user, approved.

        Raises:
            Refused: what is given is not good.
        """
        username, email = given.get("username") or "", given.get("email") or ""
        problems = [*username_problems(username, self._rules), *email_problems(email, self._rules)]
        if problems:
            raise refused(*problems)
        taken = self.taken(session, username, email)
        if taken:
            raise refused(*taken)
        user = _new(username, email, by, self._now())
        _name(user, given)
        self._login.check_password(user, new.password)
        session.add(user)
        try:
            self._login.set_password(session, user, new)
        except IntegrityError:  # Another server was faster
            raise refused(codes.USERNAME_EXISTS) from None
        return user

    def taken(self, session: Session, username: str, email: str) -> list[str]:
        """What other users have already."""
        found = [codes.USERNAME_EXISTS] if people.by_username(session, username) else []
        return [*found, *self._taken_email(session, email, 0)]

    def get(self, asking: Asking, user_id: str = "") -> dict[str, object]:
        """What is known of the caller; for super-users, of any user.

        Raises:
            Refused: the caller may not, or there is no such user.
        """
        with self._odb.reading() as session:
            who, user = self._sessions.target(session, asking, user_id)
            return people.described(user, who.is_super_user)

    def update(self, asking: Asking, given: Given, user_id: str = "") -> dict[str, object]:
        """Changes what is given, of the caller; for super-users, of any user.

        Raises:
            Refused: the caller may not, or what is given is not good.
        """
        with self._two_factor.writing() as session:
            who, user = self._sessions.target(session, asking, user_id)
            if not who.is_super_user and any(name in given for name in _OF_SUPER_USERS):
                raise refused(codes.NOT_ALLOWED)
            if "email" in given:
                self._set_email(session, user, given["email"] or "")
            _name(user, given)
            self._two_factor.change(user, who, given)
            self._administer(session, user, who, given)
            return people.described(user, who.is_super_user)

    def delete(self, asking: Asking, user_id: str = "", username: str = "") -> None:
        """Deletes a user, with all sessions and attributes; for super-users.

        Raises:
            Refused: the caller may not, or there is no such user.
        """
        with self._odb.writing() as session:
            who = self._sessions.super_user(session, asking)
            user = people.by_username(session, username) if username else people.by_id(session, user_id)
            if user is None:
                raise refused(codes.USERNAME_INVALID)
            if who.user is not None and who.user.id == user.id:
                raise refused(codes.NOT_ALLOWED)
            session.delete(user)
            logger.info("SSO user `%s` was deleted by %s", user.username, who.name)

    def lock(self, asking: Asking, user_id: str) -> None:
        """Does not let a user sign in, and ends all sessions; for super-users.

        Raises:
            Refused: the caller may not, or there is no such user.
        """
        self._do(asking, user_id, self._lock)

    def unlock(self, asking: Asking, user_id: str) -> None:
        """Lets a user sign in again, also one who was locked out; for super-users.

        Raises:
            Refused: the caller may not, or there is no such user.
        """
        self._do(asking, user_id, _unlock)

    def decide(self, asking: Asking, user_id: str, status: str) -> None:
        """Approves or rejects a user; sessions of one who is rejected end. For super-users.

        Raises:
            Refused: the caller may not, or there is no such user.
        """
        self._do(asking, user_id, lambda user, who: self._decide(user, who, status))

    def _do(self, asking: Asking, user_id: str, change: Callable[[SSOUser, Who], None]) -> None:
        with self._odb.writing() as session:
            who = self._sessions.super_user(session, asking)
            user = people.by_id(session, user_id)
            change(user, who)
            session.flush()
            if people.why_not(user):
                self._sessions.end_all(session, user)
            logger.info(
                "SSO user `%s`, changed by %s: locked %s, %s", user.username, who.name, user.is_locked,
                user.approval_status,
            )  # fmt: skip

    def _administer(self, session: Session, user: SSOUser, who: Who, given: Given) -> None:
        if "is_locked" in given:
            (self._lock if given["is_locked"] else _unlock)(user, who)
        if "password_expiry" in given:
            user.password_expiry = None if given["password_expiry"] is None else given["password_expiry"].timestamp()
        if "password_must_change" in given:
            user.password_must_change = bool(given["password_must_change"])
        if "sign_up_status" in given:
            user.sign_up_status = _one_of(given["sign_up_status"], people.SIGN_UPS)
        if "approval_status" in given:
            self._decide(user, who, _one_of(given["approval_status"], people.APPROVALS))
        session.flush()
        if people.why_not(user):
            self._sessions.end_all(session, user)

    def _lock(self, user: SSOUser, who: Who) -> None:
        user.is_locked, user.locked_time, user.locked_by = True, self._now(), who.name

    def welcome(self, user: SSOUser) -> None:
        """Tells who has signed up that the account is ready."""
        if user.email and self._errands.has_mail:
            letter = letters.welcome(self._rules, user.username, user.email)
            self._errands.do("the e-mail to welcome a user", lambda: self._errands.send(letter))

    def _decide(self, user: SSOUser, who: Who, status: str) -> None:
        user.approval_status, user.approval_status_mod_by = status, who.name
        user.approval_status_mod_time = self._now()
        if status == people.APPROVED and user.sign_up_status == people.TO_APPROVE:
            user.sign_up_status = people.FINAL
            self.welcome(user)

    def _set_email(self, session: Session, user: SSOUser, email: str) -> None:
        problems = email_problems(email, self._rules) or self._taken_email(session, email, user.id)
        if problems:
            raise refused(*problems)
        user.email, user.email_key = email, key_of(email)

    def _taken_email(self, session: Session, email: str, own: int) -> list[str]:
        if not email or not self._rules.email_unique:
            return []
        other = select(SSOUser.id).where(SSOUser.email_key == key_of(email), SSOUser.id != own).limit(1)
        return [] if session.scalar(other) is None else [codes.EMAIL_EXISTS]


def _new(username: str, email: str, by: str, now: float) -> SSOUser:
    """An approved user without a password."""
    return SSOUser(
        user_id=f"zusr{token_hex(13)}",
        username=username,
        username_key=key_of(username),
        email=email,
        email_key=key_of(email),
        names={},
        name_keys={},
        password="",
        password_set=now,
        password_must_change=False,
        is_super_user=False,
        is_locked=False,
        is_approval_needed=False,
        approval_status=people.APPROVED,
        approval_status_mod_by=by,
        approval_status_mod_time=now,
        sign_up_status=people.FINAL,
        sign_up_time=now,
        failures=0,
        blocked_until=0.0,
        is_totp_enabled=False,
        totp_label="",
        totp_used=0,
        totp_failures=0,
        totp_blocked_until=0.0,
    )


def _unlock(user: SSOUser, who: Who) -> None:
    user.is_locked, user.locked_time, user.locked_by = False, None, None
    user.failures, user.blocked_until = 0, 0.0


def _name(user: SSOUser, given: Given) -> None:
    changed = {name: given[name] or "" for name in people.NAMES if name in given}
    if not all(map(is_name, changed.values())):
        raise refused(codes.INPUT_INVALID)
    user.names = {**user.names, **changed}
    user.name_keys = {name: key_of(text) for name, text in user.names.items()}


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise refused(codes.INPUT_INVALID)
    return value
