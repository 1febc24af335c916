"""Passwords that were forgotten: an e-mail has a token, the token gives a key, both together set a new password."""

import logging
from collections.abc import Callable
from hmac import compare_digest
from secrets import token_urlsafe

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from apitest_server.config.sso import SSO
from apitest_server.errors import TooManyRequests
from apitest_server.odb import ODB
from apitest_server.odb.sso_models import SSOReset, SSOUser
from apitest_server.security.throttle import place_of
from apitest_server.sso import codes, letters, people
from apitest_server.sso.asking import Asking
from apitest_server.sso.codes import refused
from apitest_server.sso.errands import Errands
from apitest_server.sso.given import NewPassword
from apitest_server.sso.login import Login
from apitest_server.sso.quotas import Quota
from apitest_server.sso.sessions import Sessions

logger = logging.getLogger("apitest.sso")
A_USER = 5  # E-mails to one user in an hour, whoever asks for them


class Resets:
    """Resets passwords."""

    def __init__(
        self, odb: ODB, rules: SSO, sessions: Sessions, login: Login, errands: Errands, now: Callable[[], float]
    ) -> None:
        self._odb = odb
        self._rules = rules
        self._sessions = sessions
        self._login = login
        self._errands = errands
        self._now = now
        self._places = Quota(odb, "resets of a place", rules.per_address, sessions.digest, now)
        self._users = Quota(odb, "resets of a user", A_USER, sessions.digest, now)

    def create_token(self, asking: Asking, credential: str) -> None:
        """Sends a token to the user of a user name or an e-mail address; who asks does not learn whether there is one.

        Raises:
            Refused: there is no such application.
            TooManyRequests: so many were asked for from this address.
        """
        self._sessions.check_app(asking)
        wait = self._places.take(place_of(asking.remote_addr))
        if wait:
            raise TooManyRequests("", {"Retry-After": str(max(1, round(wait)))})
        self._errands.do("the e-mail to reset a password", lambda: self._send(credential))

    def access_token(self, asking: Asking, token: str) -> str:
        """The key for a token, which is good for this once.

        Raises:
            Refused: it is not valid, or not any longer.
        """
        self._sessions.check_app(asking)
        with self._odb.writing() as session:
            found = self._found(session, token)
            if found.key_hash is not None:
                raise refused(codes.RESET_INVALID)
            key = token_urlsafe(32)
            found.key_hash = self._sessions.digest(key)
            found.expires = self._now() + 60 * self._rules.reset_key_valid_for
            return key

    def change_password(self, asking: Asking, token: str, key: str, password: str) -> None:
        """Sets a new password, ends the user's sessions, and forgets all other tokens of the user.

        Raises:
            Refused: token or key are not valid, or not any longer; or the password is not good.
        """
        self._sessions.check_app(asking)
        with self._odb.reading() as session:
            self._with_key(session, token, key)  # Nobody else makes the server hash anything
        new = self._login.ready(NewPassword(password))
        with self._odb.writing() as session:
            found = self._with_key(session, token, key)
            user = session.get_one(SSOUser, found.user_key)
            if people.why_not(user):
                logger.warning("SSO user `%s` %s: the password is not reset", user.username, people.why_not(user))
                raise refused(codes.RESET_INVALID)
            self._login.set_password(session, user, new)
            self._sessions.end_all(session, user)
            session.execute(delete(SSOReset).where(SSOReset.user_key == user.id))
            logger.info("SSO user `%s` has reset the password", user.username)

    def _found(self, session: Session, token: str) -> SSOReset:
        digest = self._sessions.digest(token)
        found = session.scalar(select(SSOReset).where(SSOReset.token_hash == digest).with_for_update())
        if not token or found is None or found.expires <= self._now():
            raise refused(codes.RESET_INVALID)
        return found

    def _with_key(self, session: Session, token: str, key: str) -> SSOReset:
        found = self._found(session, token)
        if found.key_hash is None or not compare_digest(found.key_hash, self._sessions.digest(key)):
            raise refused(codes.RESET_INVALID)
        return found

    def _send(self, credential: str) -> None:
        token, now = token_urlsafe(24), self._now()
        with self._odb.writing() as session:
            session.execute(delete(SSOReset).where(SSOReset.expires <= now))
            user = self._user(session, credential)
            reason = self._why_not(session, user)
            if user is None or reason:
                logger.warning("SSO: no password is reset for `%s`: %s", credential[:100], reason)
                return
            expires = now + 60 * self._rules.reset_valid_for
            session.add(SSOReset(token_hash=self._sessions.digest(token), user_key=user.id, expires=expires))
            letter = letters.reset(self._rules, user.username, user.email, token)
        self._errands.send(letter)

    def _why_not(self, session: Session, user: SSOUser | None) -> str:
        if user is None:
            return "there is no such user"
        if not user.email:
            return "the user has no e-mail address"
        if not self._errands.has_mail:
            return "server.conf names no `smtp_conn`"
        if people.why_not(user):
            return f"the user {people.why_not(user)}"
        return "too many for this user" if self._users.taken(session, user.user_id) else ""

    def _user(self, session: Session, credential: str) -> SSOUser | None:
        by = self._rules.reset_search_by
        found = people.by_username(session, credential) if by != "email" else None
        return found or (people.by_email(session, credential) if by != "username" else None)
