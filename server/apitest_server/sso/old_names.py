"""The import names that existing services use: ``zato.sso`` and ``zato.sso.api``."""

import sys
from dataclasses import dataclass, field
from types import SimpleNamespace

from apitest_server.errors import Refused
from apitest_server.service.old_names import module_of, register
from apitest_server.sso import codes


@dataclass
class SignupCtx:
    """Who signs up; the fields are those of ``POST /zato/sso/user/signup``."""

    username: str = ""
    password: str = ""
    email: str = ""
    current_app: str = ""
    app_list: list[str] = field(default_factory=list)


@dataclass
class SearchCtx:
    """Which users are looked for; the fields are those of ``GET /zato/sso/user/search``."""

    user_id: str = ""
    username: str = ""
    email: str = ""
    display_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    sign_up_status: str = ""
    approval_status: str = ""
    paginate: bool = True
    cur_page: int = 1
    page_size: int = 50
    name_op: str = "and"
    is_name_exact: bool = True


def provide_old_names() -> None:
    """Makes ``from zato.sso import status_code, SearchCtx, SignupCtx`` work."""
    if "zato.sso" in sys.modules:
        return
    const = SimpleNamespace(search=SimpleNamespace(and_="and", or_="or"))
    package = module_of(SignupCtx=SignupCtx, SearchCtx=SearchCtx, status_code=_status_code(), const=const)
    package.__path__ = []
    register("zato.sso", package)
    register("zato.sso.api", module_of(ValidationError=Refused))


def _status_code() -> SimpleNamespace:
    """The codes by the names of the public documentation: ``status_code.username.exists``."""
    return SimpleNamespace(
        ok="ok",
        warning="warning",
        error="error",
        username=SimpleNamespace(
            invalid=codes.USERNAME_INVALID,
            exists=codes.USERNAME_EXISTS,
            too_long=codes.USERNAME_TOO_LONG,
            has_whitespace=codes.USERNAME_HAS_WHITESPACE,
        ),
        user_id=SimpleNamespace(invalid=codes.USER_ID_INVALID),
        email=SimpleNamespace(
            invalid=codes.EMAIL_INVALID,
            exists=codes.EMAIL_EXISTS,
            too_long=codes.EMAIL_TOO_LONG,
            has_whitespace=codes.EMAIL_HAS_WHITESPACE,
            missing=codes.EMAIL_MISSING,
        ),
        auth=SimpleNamespace(not_allowed=codes.NOT_ALLOWED),
    )
