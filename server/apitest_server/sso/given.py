"""PURE  What SSO is given to work with."""

from collections.abc import Mapping, MutableMapping
from typing import Any, NamedTuple

Given = Mapping[str, Any]  # Name of a field -> what was given; what was not given is not in it
Fields = MutableMapping[str, Any]


class NewPassword(NamedTuple):
    """A password that a user gets.

    Attributes:
        password: the password.
        days: after which it expires; ``None`` for what server.conf says.
        must_change: whether the next sign-in has to bring another one.
        hash: what is stored of it, made before others wait for the database.
    """

    password: str
    days: int | None = None
    must_change: bool = False
    hash: str = ""


class Wanted(NamedTuple):
    """Which users are looked for.

    Attributes:
        equal: ``user_id``, ``username``, ``email``, ``sign_up_status`` and ``approval_status`` that they have to have.
        names: ``display_name`` and so on.
        is_any: whether one of the names is enough.
        is_exact: whether a name is all of it, or a part; case does not matter.
        page: which page of the users found, from 1; 0 for all of them.
        size: users of a page.
        words: that each have to be a part of the user name, the e-mail address or a name.
    """

    equal: Mapping[str, str]
    names: Mapping[str, str]
    is_any: bool = False
    is_exact: bool = True
    page: int = 1
    size: int = 50
    words: tuple[str, ...] = ()


class Attribute(NamedTuple):
    """An attribute.

    Attributes:
        name: its name.
        value: anything that JSON can hold.
        expiration: seconds until it is gone; ``None`` for never.
        encrypt: whether its value is stored encrypted; ``None`` for as it was before, and a new one is not.
    """

    name: str
    value: Any = None
    expiration: float | None = None
    encrypt: bool | None = None


class Owner(NamedTuple):
    """Whose attributes are meant.

    Attributes:
        user_id: of the user; the caller if it is empty. Others are for super-users.
        session: the token of a session, if they are those of one session, the caller's if it is empty; ``None`` if they
            are those of the user.
    """

    user_id: str = ""
    session: str | None = None
