"""Attributes that applications keep for users, or for one session of a user."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from apitest_server.errors import BadRequest
from apitest_server.odb import ODB
from apitest_server.odb.sso_models import SSOAttribute
from apitest_server.sso import codes
from apitest_server.sso.asking import Asking, moment
from apitest_server.sso.codes import refused
from apitest_server.sso.given import Attribute, Owner
from apitest_server.sso.policy import is_name
from apitest_server.sso.sessions import Sessions

LONGEST = 100_000  # characters of a value, as JSON
MOST = 1000  # attributes of one user, or of one session


class _Place(NamedTuple):
    name: str
    user: int
    session: int | None


class Attributes:
    """Keeps attributes."""

    def __init__(self, odb: ODB, sessions: Sessions, now: Callable[[], float]) -> None:
        self._odb = odb
        self._sessions = sessions
        self._now = now

    def create(self, asking: Asking, owner: Owner, given: Sequence[Attribute]) -> None:
        """Adds attributes, all or none.

        Raises:
            Refused: the caller may not, or one of the names is taken.
        """
        self._write(asking, owner, given, may_add=True, may_change=False)

    def update(self, asking: Asking, owner: Owner, given: Sequence[Attribute]) -> None:
        """Changes attributes that there are, all or none.

        Raises:
            Refused: the caller may not, or one of them is not there.
        """
        self._write(asking, owner, given, may_add=False, may_change=True)

    def set(self, asking: Asking, owner: Owner, given: Sequence[Attribute]) -> None:
        """Adds attributes, or changes them where they are there.

        Raises:
            Refused: the caller may not.
        """
        self._write(asking, owner, given, may_add=True, may_change=True)

    def set_expiry(self, asking: Asking, owner: Owner, given: Sequence[Attribute]) -> None:
        """Lets attributes go on for some seconds from now.

        Raises:
            Refused: the caller may not, or one of them is not there.
        """
        with self._odb.writing() as session:
            place = self._place(session, asking, owner)
            rows = self._rows(session, place, [one.name for one in given])
            for one in given:
                if one.name not in rows:
                    raise refused(codes.NO_SUCH_ATTRIBUTE)
                rows[one.name].expires = self._expires(one)

    def delete(self, asking: Asking, owner: Owner, names: Collection[str]) -> None:
        """Deletes attributes, all or none.

        Raises:
            Refused: the caller may not, or one of them is not there.
        """
        with self._odb.writing() as session:
            rows = self._rows(session, self._place(session, asking, owner), names)
            if set(names) - set(rows):
                raise refused(codes.NO_SUCH_ATTRIBUTE)
            for row in rows.values():
                session.delete(row)

    def get(
        self, asking: Asking, owner: Owner, names: Collection[str], decrypt: bool = True
    ) -> dict[str, dict[str, object] | None]:
        """Attributes by name, ``None`` for those that are not there; ``decrypt`` says how encrypted values are told.

        Raises:
            Refused: the caller may not.
        """
        with self._odb.reading() as session:
            rows = self._rows(session, self._place(session, asking, owner), names)
            return {name: self._told(rows[name], decrypt) if name in rows else None for name in names}

    def names(self, asking: Asking, owner: Owner) -> list[str]:
        """The names of all attributes, sorted.

        Raises:
            Refused: the caller may not.
        """
        with self._odb.reading() as session:
            return sorted(self._rows(session, self._place(session, asking, owner), None))

    def _write(self, asking: Asking, owner: Owner, given: Sequence[Attribute], may_add: bool, may_change: bool) -> None:
        values = [_checked(one) for one in given]
        with self._odb.writing() as session:
            place = self._place(session, asking, owner)
            session.execute(delete(SSOAttribute).where(SSOAttribute.owner == place.name, ~self._lives()))
            rows = self._rows(session, place, None)
            if len(set(rows) | {one.name for one in given}) > MOST:
                raise BadRequest(f"There cannot be more than {MOST} attributes")
            for one, value in zip(given, values, strict=True):
                row = rows.get(one.name)
                if row is None and not may_add:
                    raise refused(codes.NO_SUCH_ATTRIBUTE)
                if row is not None and not may_change:
                    raise refused(codes.ATTRIBUTE_EXISTS)
                rows[one.name] = self._filled(session, place, one, value, row)
            try:
                session.flush()
            except IntegrityError:  # Another server was faster
                raise refused(codes.ATTRIBUTE_EXISTS) from None

    def _filled(
        self, session: Session, place: _Place, given: Attribute, value: str, row: SSOAttribute | None
    ) -> SSOAttribute:
        now = self._now()
        if row is None:
            row = SSOAttribute(
                owner=place.name, user_key=place.user, session_key=place.session, name=given.name, created=now
            )
            row.is_encrypted = False
            session.add(row)
        if given.encrypt is not None:
            row.is_encrypted = given.encrypt
        row.value = self._odb.key.encrypt(value) if row.is_encrypted else value
        row.modified, row.expires = now, self._expires(given)
        return row

    def _expires(self, given: Attribute) -> float | None:
        if given.expiration is None:
            return None
        if not 0 < given.expiration < 10**10:
            raise refused(codes.INPUT_INVALID)
        return self._now() + given.expiration

    def _place(self, session: Session, asking: Asking, owner: Owner) -> _Place:
        if owner.session is None:
            user = self._sessions.target(session, asking, owner.user_id)[1]
            return _Place(f"user {user.id}", user.id, None)
        who = self._sessions.who(session, asking)
        user, found = self._sessions.of_token(session, owner.session or asking.ust)
        if not who.is_super_user and (who.session is None or who.session.id != found.id):
            raise refused(codes.NOT_ALLOWED)
        return _Place(f"session {found.id}", user.id, found.id)

    def _rows(self, session: Session, place: _Place, names: Collection[str] | None) -> dict[str, SSOAttribute]:
        chosen = select(SSOAttribute).where(SSOAttribute.owner == place.name, self._lives())
        if names is not None:
            chosen = chosen.where(SSOAttribute.name.in_([name for name in names if is_name(name)]))
        return {row.name: row for row in session.scalars(chosen)}

    def _lives(self) -> ColumnElement[bool]:
        return or_(SSOAttribute.expires.is_(None), SSOAttribute.expires > self._now())

    def _told(self, row: SSOAttribute, decrypt: bool) -> dict[str, object]:
        value: object = row.value
        if decrypt or not row.is_encrypted:
            value = msgspec.json.decode(self._odb.key.open(row.value) if row.is_encrypted else row.value)
        return {
            "found": True,
            "name": row.name,
            "value": value,
            "creation_time": moment(row.created),
            "last_modified": moment(row.modified),
            "expiration_time": moment(row.expires),
            "is_encrypted": row.is_encrypted,
        }


def _checked(given: Attribute) -> str:
    """The value as JSON.

    Raises:
        Refused: it cannot be stored, or its name.
    """
    value = msgspec.json.encode(given.value).decode("utf-8")
    if not given.name or not is_name(given.name) or len(value) > LONGEST:
        raise refused(codes.INPUT_INVALID)
    return value
