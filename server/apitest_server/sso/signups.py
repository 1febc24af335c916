"""Users who sign up themselves, and confirm that."""

import logging
from collections.abc import Callable, Iterable
from secrets import token_urlsafe

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from apitest_server.config.sso import SSO
from apitest_server.errors import Refused, TooManyRequests
from apitest_server.odb import ODB
from apitest_server.odb.sso_models import SSOUser
from apitest_server.security.throttle import place_of
from apitest_server.sso import codes, letters, people
from apitest_server.sso.asking import Asking
from apitest_server.sso.codes import refused
from apitest_server.sso.errands import Errands
from apitest_server.sso.given import Given, NewPassword
from apitest_server.sso.policy import email_problems, is_reserved, password_problems, username_problems
from apitest_server.sso.quotas import Quota
from apitest_server.sso.sessions import Sessions
from apitest_server.sso.users import Users

logger = logging.getLogger("apitest.sso")
TAKEN = {codes.USERNAME_EXISTS, codes.EMAIL_EXISTS}


class SignUps:
    """Signs users up."""

    def __init__(
        self, odb: ODB, rules: SSO, sessions: Sessions, users: Users, errands: Errands, now: Callable[[], float]
    ) -> None:
        self._odb = odb
        self._rules = rules
        self._sessions = sessions
        self._users = users
        self._errands = errands
        self._now = now
        self._quota = Quota(odb, "sign-ups of a place", rules.per_address, sessions.digest, now)

    def sign_up(self, asking: Asking, given: Given, apps: Iterable[str] = ()) -> str:
        """Makes a user who has to be confirmed, approved, or both, as server.conf says.

        Args:
            asking: who asks.
            given: ``username``, ``password`` and ``email``, and names.
            apps: that the user wants to use.

        Returns:
            The token of confirmation; nothing where it is sent by e-mail only, or not needed.

        Raises:
            Refused: what is given is not good. That a name is taken is told only where server.conf says so; else
                nobody can see from outside that no user was made.
            TooManyRequests: so many have signed up from this address.
        """
        self._check(asking, given, apps)
        token, new = token_urlsafe(24), self._users.password(given)
        try:
            with self._odb.writing() as session:
                self._forget_unconfirmed(session)
                self._add(session, given, new, token)
        except Refused as refusal:
            if self._rules.inform_if_exists or not TAKEN.issuperset(refusal.codes):
                raise
            logger.info("SSO: sign-up of `%s`, which is taken", given["username"])
        is_told = self._rules.signup_confirmation and self._rules.return_confirm_token
        return token if is_told else ""

    def confirm(self, asking: Asking, token: str) -> None:
        """Confirms a sign-up.

        Raises:
            Refused: the token is not valid, or not any longer.
        """
        self._sessions.check_app(asking)
        with self._odb.writing() as session:
            found = select(SSOUser).where(SSOUser.confirm_hash == self._sessions.digest(token))
            user = session.scalar(found.with_for_update())
            if not token or user is None or (user.confirm_expires or 0) <= self._now():
                raise refused(codes.CONFIRMATION_INVALID)
            user.confirm_hash, user.confirm_expires = None, None
            is_approved = user.approval_status == people.APPROVED
            user.sign_up_status = people.FINAL if is_approved else people.TO_APPROVE
            if is_approved:
                self._users.welcome(user)
            logger.info("SSO user `%s` has confirmed the sign-up", user.username)

    def _check(self, asking: Asking, given: Given, apps: Iterable[str]) -> None:
        self._sessions.check_app(asking)
        if not self._rules.signup:
            raise refused(codes.NO_SIGNUP)
        if self._rules.apps and not set(self._rules.apps).issuperset(apps):
            raise refused(codes.APP_INVALID)
        username, email, password = given["username"], given.get("email") or "", given["password"]
        problems = username_problems(username, self._rules)
        if not problems and is_reserved(username, self._rules):
            problems = [codes.USERNAME_INVALID]
        own = username, email, email.partition("@")[0]
        problems += [*email_problems(email, self._rules), *password_problems(password, self._rules, own)]
        if problems:
            raise refused(*problems)
        wait = self._quota.take(place_of(asking.remote_addr))
        if wait:
            raise TooManyRequests("", {"Retry-After": str(max(1, round(wait)))})

    def _forget_unconfirmed(self, session: Session) -> None:
        """So that nobody keeps a name by signing up alone."""
        session.execute(delete(SSOUser).where(SSOUser.confirm_expires <= self._now()))

    def _add(self, session: Session, given: Given, new: NewPassword, token: str) -> None:
        user = self._users.added(session, given, new, "auto")
        rules = self._rules
        user.is_approval_needed = rules.signup_approval
        user.approval_status = people.BEFORE if rules.signup_approval else people.APPROVED
        user.sign_up_status = people.TO_APPROVE if rules.signup_approval else people.FINAL
        if rules.signup_confirmation:
            user.sign_up_status = people.TO_CONFIRM
            user.confirm_hash = self._sessions.digest(token)
            user.confirm_expires = self._now() + 60 * rules.signup_valid_for
            if user.email and self._errands.has_mail:
                letter = letters.confirmation(rules, user.username, user.email, token)
                self._errands.do("the e-mail to confirm a sign-up", lambda: self._errands.send(letter))
        logger.info("SSO user `%s` has signed up", user.username)
