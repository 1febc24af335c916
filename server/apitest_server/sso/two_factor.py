"""Two-factor authentication: whoever wants it shows a code at each sign-in, too."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from secrets import token_bytes

from sqlalchemy import select
from sqlalchemy.orm import Session

from apitest_server.config.sso import SSO
from apitest_server.errors import BadRequest, InputError, Refused
from apitest_server.odb import ODB
from apitest_server.odb.sso_models import SSOUser
from apitest_server.sso import codes, totp
from apitest_server.sso.asking import Asking
from apitest_server.sso.codes import TEXTS, refused
from apitest_server.sso.given import Given
from apitest_server.sso.policy import is_name
from apitest_server.sso.sessions import Sessions, Who

logger = logging.getLogger("apitest.sso")
MOST = 10  # wrong codes in a row; who shows one has shown a password or a session before


class WrongCode(Refused):
    """A code that is not right; it will be counted."""

    def __init__(self, user: int) -> None:
        super().__init__((codes.TOTP_INVALID,), TEXTS[codes.TOTP_INVALID])
        self.user = user


class TwoFactor:
    """Keys, codes, and who needs them."""

    def __init__(self, odb: ODB, rules: SSO, sessions: Sessions, now: Callable[[], float]) -> None:
        self._odb = odb
        self._rules = rules
        self._sessions = sessions
        self._now = now

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction; where it ends with a wrong code that is counted, and nothing else of it is done."""
        try:
            with self._odb.writing() as session:
                yield session
        except WrongCode as error:
            self._count(error.user)
            raise

    def check(self, user: SSOUser, code: str) -> None:
        """Takes a code of who needs one; it is good for this once.

        Raises:
            Refused: there is none, or it is wrong, old or used.
        """
        if not user.is_totp_enabled:
            return
        if not code:
            raise refused(codes.TOTP_MISSING)
        self._take(user, code)

    def reset_key(self, asking: Asking, given: Given, user_id: str = "") -> dict[str, object]:
        """Gives a user the key in ``totp_key``, or a random one, which is told, and the ``totp_label``.

        Raises:
            Refused: the caller may not, or has to show a code of the key that is used now.
        """
        made = "" if given.get("totp_key") else totp.written(token_bytes(totp.SIZE))
        with self.writing() as session:
            who, user = self._sessions.target(session, asking, user_id)
            self.change(user, who, {"totp_key": made, **{name: text for name, text in given.items() if text}})
            if not made:
                return {}
            return {"totp_key": made, "totp_uri": totp.address(totp.read(made), user.username, self._rules.site_name)}

    def change(self, user: SSOUser, who: Who, given: Given) -> None:
        """Changes a user's ``totp_key`` and ``totp_label``, and whether codes are needed: ``is_totp_enabled``.

        Whoever needs codes shows one to have another key, or to need them no longer; super-users help others without.
        A ``totp_code`` that is given while codes are switched on proves that the user's application has the key.

        Raises:
            Refused: the code is missing or wrong.
            BadRequest: there is no key.
        """
        code, is_wanted = given.get("totp_code") or "", bool(given.get("is_totp_enabled", user.is_totp_enabled))
        is_own = who.user is not None and who.user.id == user.id
        if is_own and (given.get("totp_key") or not is_wanted):
            self.check(user, code)
        self._set(user, given)
        if is_wanted and not user.totp_key:
            raise BadRequest("There is no key to make codes of: PATCH /zato/sso/user/totp makes one")
        if is_wanted and not user.is_totp_enabled and code:
            self._take(user, code)
        if is_wanted != user.is_totp_enabled:
            logger.info("SSO user `%s`: codes are %s by %s", user.username, "needed" if is_wanted else "off", who.name)
        user.is_totp_enabled = is_wanted

    def _set(self, user: SSOUser, given: Given) -> None:
        label = given.get("totp_label")
        if label is not None:
            if not is_name(label):
                raise refused(codes.INPUT_INVALID)
            user.totp_label = label
        if given.get("totp_key"):
            user.totp_key = self._odb.key.encrypt(_checked(given["totp_key"]))
            user.totp_used, user.totp_failures, user.totp_blocked_until = 0, 0, 0.0

    def _take(self, user: SSOUser, code: str) -> None:
        now = self._now()
        key = totp.read(self._odb.key.open(user.totp_key or ""))
        step = None if user.totp_blocked_until > now else totp.step_of(key, code, now, user.totp_used)
        if step is None:
            raise WrongCode(user.id)
        user.totp_used, user.totp_failures = step, 0

    def _count(self, number: int) -> None:
        """Counts a wrong code, on all servers."""
        with self._odb.writing() as session:
            user, now = session.scalar(select(SSOUser).where(SSOUser.id == number).with_for_update()), self._now()
            if user is None or user.totp_blocked_until > now:
                return
            user.totp_failures += 1
            logger.warning("SSO user `%s` has shown a wrong code", user.username)
            if user.totp_failures >= MOST:
                user.totp_failures, user.totp_blocked_until = 0, now + 60 * self._rules.lock_time
                logger.warning("SSO user `%s`: no codes for %d minutes", user.username, self._rules.lock_time)


def _checked(key: str) -> str:
    try:
        return totp.written(totp.read(key))
    except ValueError as error:
        raise InputError("totp_key", str(error)) from None
