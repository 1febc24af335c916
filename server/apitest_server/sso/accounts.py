"""Linked accounts in the ODB: security definitions, and which user their credentials stand for."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from apitest_server.odb.models import Object
from apitest_server.odb.sso_models import SSOLink, SSOUser
from apitest_server.security.types import TYPES
from apitest_server.sso.people import plain

KINDS = {one.sec_type: one.kind for one in TYPES if one.name in ("basic-auth", "jwt")}
_TYPES = {kind: sec_type for sec_type, kind in KINDS.items()}


class Account(NamedTuple):
    """A linked account.

    Attributes:
        id: of the link.
        auth_id: of the definition.
        auth_type: ``basic_auth`` or ``jwt``.
        auth_username: the definition's user name, as it is now.
        is_active: whether it signs in.
        created: when it was linked.
    """

    id: int
    auth_id: int
    auth_type: str
    auth_username: str
    is_active: bool
    created: float


def of_user(session: Session, user: SSOUser) -> list[Account]:
    """The accounts of a user, the oldest link first."""
    joined = select(SSOLink, Object).join(Object, Object.id == SSOLink.auth_id)
    rows = session.execute(joined.where(SSOLink.user_key == user.id).order_by(SSOLink.id))
    return [
        Account(link.id, item.id, _TYPES[item.kind], item.fields["username"], link.is_active, link.created)
        for link, item in rows
    ]


def definition(session: Session, auth_type: str, username: str) -> int | None:
    """The ID of the definition that has a user name; ``None`` if there is none, or more than one."""
    kind = KINDS.get(auth_type, "")
    named = Object.fields["username"].as_string() == plain(username)
    found = session.scalars(select(Object.id).where(Object.kind == kind, named).limit(2)).all()
    return found[0] if len(found) == 1 else None


def link(session: Session, auth_id: int) -> SSOLink | None:
    """The link of a definition."""
    return session.scalar(select(SSOLink).where(SSOLink.auth_id == auth_id).with_for_update())
