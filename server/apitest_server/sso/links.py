"""Linked accounts: super-users link security definitions to users, whose credentials sign those in, too."""

import asyncio
import logging

import jwt
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from apitest_server.errors import InputError, Unauthorized
from apitest_server.odb import ODB
from apitest_server.odb.sso_models import SSOLink, SSOSession, SSOUser
from apitest_server.security import credentials
from apitest_server.security.authentication import Authentication, key_of
from apitest_server.sso import accounts, codes, people
from apitest_server.sso.asking import Asking, moment
from apitest_server.sso.codes import refused
from apitest_server.sso.login import Opened
from apitest_server.sso.sessions import Sessions

logger = logging.getLogger("apitest.sso")
_NOBODY = 0  # The ID of no definition: what is refused costs the same as a wrong password
_LONGEST = 16 * 1024  # characters of credentials


class Links:
    """Links, and signs in by them."""

    def __init__(self, odb: ODB, sessions: Sessions, authentication: Authentication) -> None:
        self._odb = odb
        self._sessions = sessions
        self._authentication = authentication

    def link(self, asking: Asking, user_id: str, auth_type: str, username: str, is_active: bool = True) -> None:
        """Links a definition of the ODB to a user, or says whether it is active; for super-users.

        Args:
            asking: who asks.
            user_id: the user.
            auth_type: ``basic_auth`` or ``jwt``.
            username: of the definition.
            is_active: whether it signs in; the sessions of one that does not any longer end.

        Raises:
            Refused: the caller may not, there is no such user or definition, or it is another user's.
        """
        with self._odb.writing() as session:
            who = self._sessions.super_user(session, asking)
            user, number = people.by_id(session, user_id), _definition(session, auth_type, username)
            if number is None:
                raise refused(codes.NO_SUCH_ACCOUNT)
            found = accounts.link(session, number)
            if found is None:
                found = SSOLink(user_key=user.id, auth_id=number, created=self._authentication.now())
                session.add(found)
            elif found.user_key != user.id:
                raise refused(codes.ACCOUNT_IS_LINKED)
            found.is_active = is_active
            try:
                session.flush()
            except IntegrityError:  # Another server was faster
                raise refused(codes.ACCOUNT_IS_LINKED) from None
            if not is_active:
                _end_sessions(session, found)
            logger.info("SSO user `%s`: %s `%s` was linked by %s", user.username, auth_type, username, who.name)

    def unlink(self, asking: Asking, user_id: str, auth_type: str, username: str) -> None:
        """Ends a link, with the sessions that it opened; for super-users.

        Raises:
            Refused: the caller may not, there is no such user, or the definition is not linked to the user.
        """
        with self._odb.writing() as session:
            who = self._sessions.super_user(session, asking)
            user, number = people.by_id(session, user_id), _definition(session, auth_type, username)
            found = None if number is None else accounts.link(session, number)
            if found is None or found.user_key != user.id:
                raise refused(codes.NO_SUCH_ACCOUNT)
            _end_sessions(session, found)
            session.delete(found)
            logger.info("SSO user `%s`: %s `%s` was unlinked by %s", user.username, auth_type, username, who.name)

    def of_user(self, asking: Asking, user_id: str = "") -> list[dict[str, object]]:
        """The linked accounts of the caller; for super-users, of any user.

        Raises:
            Refused: the caller may not, or there is no such user.
        """
        with self._odb.reading() as session:
            _, user = self._sessions.target(session, asking, user_id)
            return [
                {
                    "user_id": user.user_id,
                    "auth_type": one.auth_type,
                    "auth_username": one.auth_username,
                    "auth_id": one.auth_id,
                    "creation_time": moment(one.created),
                    "is_active": one.is_active,
                    "is_internal": False,
                }
                for one in accounts.of_user(session, user)
            ]

    async def log_in(self, asking: Asking, authorization: str) -> Opened:
        """Opens a session of the user whose linked account shows its credentials.

        Args:
            asking: who asks.
            authorization: the header: Basic Auth, or a token of a JWT definition.

        Raises:
            Refused: they are wrong, or the account is not linked, or the user may not; which one is in the log only.
            TooManyRequests: another attempt of this caller is being slowed down.
        """
        self._sessions.check_app(asking)
        auth_type, username = claimed(authorization)
        number = await asyncio.to_thread(self._number, auth_type, username)
        headers = [(b"authorization", authorization[:_LONGEST].encode("latin-1", "replace"))]
        try:
            await self._authentication.user(
                key_of(number),
                {"type": "http", "method": "POST", "path": "", "headers": headers, "client": (asking.remote_addr, 0)},
            )
        except Unauthorized:
            raise refused(codes.NOT_ALLOWED) from None
        return await asyncio.to_thread(self._open, asking, number)

    def _number(self, auth_type: str, username: str) -> int:
        with self._odb.reading() as session:
            number = accounts.definition(session, auth_type, username) if username else None
            found = None if number is None else accounts.link(session, number)
            return found.auth_id if found is not None and found.is_active else _NOBODY

    def _open(self, asking: Asking, number: int) -> Opened:
        with self._odb.writing() as session:
            found = accounts.link(session, number)
            if found is None or not found.is_active:  # Changed since it was looked at
                raise refused(codes.NOT_ALLOWED)
            user = session.get_one(SSOUser, found.user_key, with_for_update=True)
            reason = people.why_not(user)
            if reason:
                logger.warning("SSO user `%s` %s", user.username, reason)
                raise refused(codes.NOT_ALLOWED)
            if people.is_expired(user, self._authentication.now()):
                raise refused(codes.PASSWORD_EXPIRED)
            ust, opened = self._sessions.open(session, user, asking, found.id)
            return Opened(ust, user.user_id, user.username, opened.created, opened.expires)


def claimed(authorization: str) -> tuple[str, str]:
    """The type of account that a header claims to be of, and its user name; nothing is verified yet."""
    given = credentials.basic(authorization[:_LONGEST])
    if given is not None:
        return "basic_auth", given[0]
    try:
        said = jwt.decode(credentials.bearer(authorization[:_LONGEST]), options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return "", ""
    return "jwt", str(said.get("sub", ""))


def _end_sessions(session: Session, link: SSOLink) -> None:
    session.execute(delete(SSOSession).where(SSOSession.link_key == link.id))


def _definition(session: Session, auth_type: str, username: str) -> int | None:
    if auth_type not in accounts.KINDS:
        raise InputError("auth_type", f"must be one of {', '.join(accounts.KINDS)}")
    return accounts.definition(session, auth_type, username)
