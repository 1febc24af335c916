"""Users, looked up by super-users."""

from collections.abc import Callable
from functools import reduce
from operator import and_
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from apitest_server.odb import ODB
from apitest_server.odb.sso_models import SSOUser
from apitest_server.sso import codes, people
from apitest_server.sso.asking import Asking
from apitest_server.sso.codes import refused
from apitest_server.sso.given import Wanted
from apitest_server.sso.policy import key_of
from apitest_server.sso.sessions import Sessions

MOST = 1000  # users of a page
_KEYS: dict[str, Callable[[str], ColumnElement[bool]]] = {
    "user_id": lambda value: SSOUser.user_id == people.plain(value),
    "username": lambda value: SSOUser.username_key == people.plain(key_of(value)),
    "email": lambda value: SSOUser.email_key == people.plain(key_of(value)),
    "sign_up_status": lambda value: SSOUser.sign_up_status == people.plain(value),
    "approval_status": lambda value: SSOUser.approval_status == people.plain(value),
}


class Search:
    """Looks users up."""

    def __init__(self, odb: ODB, sessions: Sessions) -> None:
        self._odb = odb
        self._sessions = sessions

    def search(self, asking: Asking, wanted: Wanted) -> dict[str, Any]:
        """A page of users as ``result``, by user name, and which page of how many it is.

        Raises:
            Refused: the caller may not, or there is no such page.
        """
        if not 0 <= wanted.page <= 10**9 or not 1 <= wanted.size <= MOST:
            raise refused(codes.INPUT_INVALID)
        with self._odb.reading() as session:
            self._sessions.super_user(session, asking)
            chosen = select(SSOUser).where(*_conditions(wanted))
            total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
            ordered = chosen.order_by(SSOUser.username_key, SSOUser.id)
            if wanted.page:
                ordered = ordered.offset((wanted.page - 1) * wanted.size).limit(wanted.size)
            result = [people.described(user, for_super_user=True) for user in session.scalars(ordered)]
        return {**_page(wanted, total), "result": result}


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [_KEYS[name](value) for name, value in wanted.equal.items()]
    names = []
    for name, value in wanted.names.items():
        column, key = SSOUser.name_keys[name].as_string(), people.plain(key_of(value))
        names.append(column == key if wanted.is_exact else column.contains(key, autoescape=True))
    if names:
        found.append(reduce(or_ if wanted.is_any else and_, names))
    return [*found, *(_with(people.plain(key_of(word))) for word in wanted.words)]


def _with(key: str) -> ColumnElement[bool]:
    columns = [SSOUser.username_key, SSOUser.email_key, *(SSOUser.name_keys[name].as_string() for name in people.NAMES)]
    return or_(*(column.contains(key, autoescape=True) for column in columns))


def _page(wanted: Wanted, total: int) -> dict[str, object]:
    size = wanted.size if wanted.page else max(total, 1)
    page, pages = wanted.page or 1, max(1, -(-total // size))
    return {
        "total": total,
        "num_pages": pages,
        "page_size": size,
        "cur_page": page,
        "has_next_page": page < pages,
        "has_prev_page": 1 < page <= pages,
        "next_page": page + 1 if page < pages else None,
        "prev_page": page - 1 if 1 < page <= pages else None,
    }
