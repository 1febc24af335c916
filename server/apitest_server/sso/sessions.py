"""Sessions of users, in the ODB: what one server opens or ends counts on all of them, with the next request."""

import logging
from collections.abc import Callable
from hmac import compare_digest
from secrets import token_urlsafe
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from apitest_server.config.sso import SSO
from apitest_server.odb import ODB
from apitest_server.odb.sso_models import SSOLink, SSOSession, SSOUser
from apitest_server.sso import accounts, codes, people
from apitest_server.sso.asking import Asking, moment
from apitest_server.sso.codes import refused

logger = logging.getLogger("apitest.sso")
_CHANGES = 100  # that are kept of a session
_PURPOSE = b"sso"
_LONGEST = 1000  # characters of what may be a token


class Who(NamedTuple):
    """Who is calling.

    Attributes:
        user: the user; an administrator of the server is none.
        session: that the user has shown the token of.
    """

    user: SSOUser | None
    session: SSOSession | None

    @property
    def is_super_user(self) -> bool:
        """Whether others may be administered."""
        return self.user is None or self.user.is_super_user

    @property
    def name(self) -> str:
        """What is written down of who has done something."""
        return "auto" if self.user is None else self.user.user_id


class Sessions:
    """Opens, finds, renews and ends sessions."""

    def __init__(self, odb: ODB, rules: SSO, now: Callable[[], float]) -> None:
        self._odb = odb
        self._rules = rules
        self._now = now

    def digest(self, token: str) -> str:
        """What is stored of a token: without the server's key it tells nothing."""
        return self._odb.key.signature(_PURPOSE, token[:_LONGEST].encode("utf-8", "replace")).decode("ascii")

    def check_app(self, asking: Asking) -> None:
        """Refuses applications that server.conf does not name."""
        if self._rules.apps and not asking.is_administrator and asking.app not in self._rules.apps:
            raise refused(codes.APP_INVALID)

    def who(self, session: Session, asking: Asking) -> Who:
        """Who is calling.

        Raises:
            Refused: nobody who is signed in.
        """
        self.check_app(asking)
        if asking.is_administrator and not asking.ust:
            return Who(None, None)
        found = self._of(session, asking.ust)
        if found is None:
            raise refused(codes.NOT_ALLOWED)
        return Who(*found)

    def super_user(self, session: Session, asking: Asking) -> Who:
        """Who is calling, and may administer others.

        Raises:
            Refused: nobody who may.
        """
        who = self.who(session, asking)
        if not who.is_super_user:
            raise refused(codes.NOT_ALLOWED)
        return who

    def target(self, session: Session, asking: Asking, user_id: str) -> tuple[Who, SSOUser]:
        """Who is calling, and the user that is meant: the caller, or with a user ID anybody, for a super-user.

        Raises:
            Refused: the caller may not, or there is no such user.
        """
        who = self.who(session, asking)
        if who.user is not None and user_id in ("", who.user.user_id):
            return who, who.user
        if not who.is_super_user:
            raise refused(codes.NOT_ALLOWED)
        return who, people.by_id(session, user_id)

    def open(self, session: Session, user: SSOUser, asking: Asking, link: int | None = None) -> tuple[str, SSOSession]:
        """A new session of a user, perhaps by a linked account, and its token.

        The oldest one ends where there would be too many.
        """
        now, token = self._now(), token_urlsafe(32)
        session.execute(delete(SSOSession).where(SSOSession.expires <= now))
        newest = select(SSOSession.id).where(SSOSession.user_key == user.id).order_by(SSOSession.created.desc())
        session.execute(
            delete(SSOSession).where(SSOSession.id.in_(session.scalars(newest.offset(self._rules.max_sessions - 1))))
        )
        opened = SSOSession(
            token_hash=self.digest(token),
            user_key=user.id,
            created=now,
            expires=now + 60 * self._rules.session_expiry,
            remote_addr=people.plain(asking.remote_addr)[:200],
            user_agent=people.plain(asking.user_agent)[:500],
            app=people.plain(asking.app)[:200],
            changes=[self._change("login", asking)],
            link_key=link,
        )
        session.add(opened)
        session.flush()
        return token, opened

    def verify(self, asking: Asking, target: str) -> bool:
        """Whether a token is that of a session; for super-users.

        Raises:
            Refused: the caller may not ask.
        """
        with self._odb.reading() as session:
            self.super_user(session, asking)
            return self._of(session, target) is not None

    def get(self, asking: Asking, target: str) -> dict[str, object]:
        """What is known of a session; for super-users.

        Raises:
            Refused: the caller may not ask, or there is no such session.
        """
        with self._odb.reading() as session:
            self.super_user(session, asking)
            _, found = self._must_be(session, target)
            return {name: value for name, value in _described(found).items() if not name.startswith("session_")}

    def of_user(self, asking: Asking, target: str, user_id: str = "") -> list[dict[str, object]]:
        """The caller's sessions, the newest first; for super-users those of whose session a token is, or of a user.

        Raises:
            Refused: the caller may not ask, or there is no such session, or user.
        """
        with self._odb.reading() as session:
            if target:
                self.super_user(session, asking)
                user = self._must_be(session, target)[0]
            elif user_id:
                user = self.target(session, asking, user_id)[1]
            else:
                known = self.who(session, asking).user
                if known is None:
                    raise refused(codes.NO_SUCH_SESSION)
                user = known
            mine = select(SSOSession).where(SSOSession.user_key == user.id, *self._live())
            rows = session.scalars(mine.order_by(SSOSession.created.desc(), SSOSession.id.desc()))
            linked = {one.id: (one.auth_type, one.auth_username) for one in accounts.of_user(session, user)}
            by_itself = "default", user.username
            found = [(*linked.get(row.link_key or 0, by_itself), row) for row in rows]
            return [{"auth_type": kind, "auth_principal": name, **_described(row)} for kind, name, row in found]

    def renew(self, asking: Asking, target: str) -> str | None:
        """Lets a session live as long as a new one, and returns when it expires: one's own, or for super-users any.

        Raises:
            Refused: the caller may not, or there is no such session.
        """
        with self._odb.writing() as session:
            who = self.who(session, asking)
            _, found = self._must_be(session, target or asking.ust)
            if not who.is_super_user and (who.session is None or who.session.id != found.id):
                raise refused(codes.NOT_ALLOWED)
            found.expires = self._now() + 60 * self._rules.session_expiry
            found.changes = [*found.changes, self._change("renew", asking)][-_CHANGES:]
            return moment(found.expires)

    def log_out(self, asking: Asking) -> None:
        """Ends the caller's session.

        Raises:
            Refused: there is none.
        """
        with self._odb.writing() as session:
            who = self.who(session, asking)
            if who.session is None:
                raise refused(codes.NO_SUCH_SESSION)
            session.delete(who.session)

    def end_all(self, session: Session, user: SSOUser, but: SSOSession | None = None) -> None:
        """Ends the sessions of a user, all or all but one."""
        theirs = delete(SSOSession).where(SSOSession.user_key == user.id)
        session.execute(theirs if but is None else theirs.where(SSOSession.id != but.id))

    def of_token(self, session: Session, token: str) -> tuple[SSOUser, SSOSession]:
        """The user and the session of a token.

        Raises:
            Refused: there is no such session.
        """
        return self._must_be(session, token)

    def _must_be(self, session: Session, token: str) -> tuple[SSOUser, SSOSession]:
        found = self._of(session, token)
        if found is None:
            raise refused(codes.NO_SUCH_SESSION)
        return found

    def _of(self, session: Session, token: str) -> tuple[SSOUser, SSOSession] | None:
        """Whose session a token is of, and that one; nothing where it has ended, or its user may not be signed in."""
        digest, now = self.digest(token), self._now()
        joined = select(SSOUser, SSOSession).join(SSOSession, SSOSession.user_key == SSOUser.id)
        row = session.execute(joined.where(SSOSession.token_hash == digest, *self._live())).first()
        if not token or row is None or not compare_digest(row[1].token_hash, digest):
            return None
        user: SSOUser = row[0]
        return None if people.why_not(user) or people.is_expired(user, now) else (user, row[1])

    def _live(self) -> tuple[ColumnElement[bool], ...]:
        """Of sessions that have not ended: the linked account is there whose credentials opened it."""
        linked = select(SSOLink.id).where(SSOLink.id == SSOSession.link_key, SSOLink.is_active).exists()
        return SSOSession.expires > self._now(), or_(SSOSession.link_key.is_(None), linked)

    def _change(self, what: str, asking: Asking) -> dict[str, object]:
        return {
            "timestamp_utc": moment(self._now()),
            "ctx_source": what,
            "remote_addr": people.plain(asking.remote_addr)[:200],
            "user_agent": people.plain(asking.user_agent)[:500],
            "app": people.plain(asking.app)[:200],
        }


def _described(found: SSOSession) -> dict[str, object]:
    return {
        "creation_time": moment(found.created),
        "expiration_time": moment(found.expires),
        "remote_addr": found.remote_addr,
        "user_agent": found.user_agent,
        "session_state_change_list": found.changes,
    }
