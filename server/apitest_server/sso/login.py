"""Signing in with a user name and a password, and changing the password."""

import asyncio
import logging
from typing import NamedTuple

from sqlalchemy.orm import Session

from apitest_server.config.sso import DAY, SSO
from apitest_server.odb import ODB
from apitest_server.odb.sso_models import SSOUser
from apitest_server.security.authentication import Authentication
from apitest_server.security.passwords import hashed, nobody
from apitest_server.sso import codes, people
from apitest_server.sso.asking import Asking
from apitest_server.sso.codes import refused
from apitest_server.sso.given import NewPassword
from apitest_server.sso.policy import key_of, password_problems
from apitest_server.sso.sessions import Sessions
from apitest_server.sso.two_factor import TwoFactor

logger = logging.getLogger("apitest.sso")
_SERVICE = "sso"  # What attempts are counted for


class Opened(NamedTuple):
    """A session that was opened.

    Attributes:
        ust: its token.
        user_id, username: whose it is.
        creation_time, expiration_time: in seconds since 1970.
    """

    ust: str
    user_id: str
    username: str
    creation_time: float
    expiration_time: float


class Login:
    """Signs users in."""

    def __init__(
        self, odb: ODB, rules: SSO, sessions: Sessions, two_factor: TwoFactor, authentication: Authentication
    ) -> None:
        self._odb = odb
        self._rules = rules
        self._sessions = sessions
        self._two_factor = two_factor
        self._authentication = authentication

    async def log_in(
        self, asking: Asking, username: str, password: str, new_password: str = "", totp_code: str = ""
    ) -> Opened:
        """Opens a session.

        Args:
            asking: who asks.
            username: in any case.
            password: as it is now.
            new_password: taken over where the one that there is has to be changed.
            totp_code: of two-factor authentication, for who has that.

        Raises:
            Refused: which of the two is wrong, or that the user may not, is in the log only.
            TooManyRequests: another attempt of this caller is being slowed down.
        """
        self._sessions.check_app(asking)
        stored = await asyncio.to_thread(self._stored, username)
        if not await self._is_right(username, stored, password, asking.remote_addr):
            await asyncio.to_thread(self._failed, username)
            raise refused(codes.NOT_ALLOWED)
        return await asyncio.to_thread(self._open, asking, username, stored, new_password, totp_code)

    async def change_password(self, asking: Asking, old: str, new: NewPassword, user_id: str = "") -> None:
        """Sets a password; the user's sessions end, all but the one that asks.

        Args:
            asking: who asks.
            old: one's own password as it is now.
            new: what it will be; the other things about it are for super-users.
            user_id: whose, for super-users.

        Raises:
            Refused: the caller may not, or the password is not good.
        """
        name, stored = await asyncio.to_thread(self._to_change, asking, new, user_id)
        if name and not await self._is_right(name, stored, old, asking.remote_addr):
            raise refused(codes.NOT_ALLOWED)
        await asyncio.to_thread(self._change, asking, stored, new, user_id)

    def ready(self, new: NewPassword) -> NewPassword:
        """A password with its hash, which takes tens of milliseconds: nobody waits for the database meanwhile."""
        return new._replace(hash=hashed(new.password))

    def set_password(self, session: Session, user: SSOUser, new: NewPassword) -> None:
        """Gives a user a password.

        Raises:
            Refused: it is not good.
        """
        now = self._authentication.now()
        self.check_password(user, new.password)
        days = self._rules.password_expiry if new.days is None else new.days
        user.password = new.hash or hashed(new.password)
        user.password_set = now
        user.password_expiry = now + days * DAY if days else None
        user.password_must_change = new.must_change
        user.failures, user.blocked_until = 0, 0.0
        session.flush()

    def check_password(self, user: SSOUser, password: str) -> None:
        """Refuses passwords that a user must not have."""
        own = user.username, user.email, user.email.partition("@")[0]
        problems = password_problems(password, self._rules, own)
        if not problems and user.password and self._authentication.verifier.verify(user.password, password):
            problems = [codes.PASSWORD_INVALID]
        if problems:
            raise refused(*problems)

    def _stored(self, username: str) -> str:
        """The hash of a user's password; nothing for a user that does not exist, or is locked out."""
        with self._odb.reading() as session:
            user = people.by_username(session, username)
            if user is None or user.blocked_until <= self._authentication.now():
                return "" if user is None else user.password
        logger.warning("SSO user `%s` is locked out after too many wrong passwords", user.username)
        return ""

    async def _is_right(self, username: str, stored: str, password: str, address: str) -> bool:
        def verify() -> str | None:
            is_right = self._authentication.verifier.verify(stored or nobody(), password)
            return username if is_right and stored else None

        caller = _SERVICE, key_of(username), address
        return await self._authentication.attempt(caller, lambda: verify) is not None

    def _failed(self, username: str) -> None:
        """Counts a wrong password, on all servers."""
        with self._odb.writing() as session:
            user = people.by_username(session, username, to_change=True)
            now = self._authentication.now()
            if user is None or user.blocked_until > now:
                logger.info("No SSO user can sign in as `%s`", username[:100])
                return
            user.failures += 1
            if self._rules.max_failures and user.failures >= self._rules.max_failures:
                user.failures, user.blocked_until = 0, now + 60 * self._rules.lock_time
                logger.warning("SSO user `%s` is locked out for %d minutes", user.username, self._rules.lock_time)

    def _open(self, asking: Asking, username: str, stored: str, new_password: str, totp_code: str) -> Opened:
        new = self.ready(NewPassword(new_password)) if new_password else None
        with self._two_factor.writing() as session:
            user = people.by_username(session, username, to_change=True)
            if user is None or user.password != stored:  # Changed since it was looked at
                raise refused(codes.NOT_ALLOWED)
            reason = people.why_not(user)
            if reason:
                logger.warning("SSO user `%s` %s", user.username, reason)
                raise refused(codes.NOT_ALLOWED)
            self._two_factor.check(user, totp_code)
            self._renew_password(session, user, new)
            user.failures = 0
            ust, opened = self._sessions.open(session, user, asking)
            return Opened(ust, user.user_id, user.username, opened.created, opened.expires)

    def _renew_password(self, session: Session, user: SSOUser, new: NewPassword | None) -> None:
        if not user.password_must_change and not people.is_expired(user, self._authentication.now()):
            return
        if new is None:
            raise refused(codes.PASSWORD_MUST_CHANGE if user.password_must_change else codes.PASSWORD_EXPIRED)
        self.set_password(session, user, new)
        self._sessions.end_all(session, user)

    def _to_change(self, asking: Asking, new: NewPassword, user_id: str) -> tuple[str, str]:
        """The user name of the caller who has to show the password, nothing for super-users; and the hash."""
        with self._odb.reading() as session:
            who, user = self._sessions.target(session, asking, user_id)
            if not who.is_super_user and (new.days is not None or new.must_change):
                raise refused(codes.NOT_ALLOWED)
            is_own = who.user is not None and who.user.id == user.id
            return user.username if is_own else "", user.password

    def _change(self, asking: Asking, stored: str, new: NewPassword, user_id: str) -> None:
        new = self.ready(new)
        with self._odb.writing() as session:
            who, user = self._sessions.target(session, asking, user_id)
            if user.password != stored:  # Changed since it was looked at
                raise refused(codes.NOT_ALLOWED)
            self.set_password(session, user, new)
            self._sessions.end_all(session, user, who.session)
            logger.info("The password of SSO user `%s` was changed by %s", user.username, who.name)
