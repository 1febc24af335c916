"""Users of SSO, looked up by super-users."""

from apitest_server.errors import InputError
from apitest_server.internal.crud.paging import searched
from apitest_server.internal.sso._asked import WHO, asking, desk
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, Int
from apitest_server.sso.given import Wanted

_EQUAL = ("user_id", "username", "email", "sign_up_status", "approval_status")
_NAMES = ("display_name", "first_name", "middle_name", "last_name")
_OPERATORS = ("and", "or")


class Search(Service):
    """Lists users by name, a page at a time; for super-users. Also ``GET /zato/sso/user/search``."""

    name = "zato.sso.user.search"

    class SimpleIO:
        """What users have to be like in; out come ``result`` and which page of how many it is."""

        input_optional = (
            *WHO, *_EQUAL, *_NAMES, "query", "name_op", Bool("is_name_exact", default=True),
            Bool("paginate", default=True), Int("cur_page", default=1), Int("page_size", default=50),
        )  # fmt: skip

    def handle(self) -> None:
        """Refuses a page that there cannot be."""
        given = self.request.input
        operator = (given.name_op or "and").lower()
        if operator not in _OPERATORS:
            raise InputError("name_op", "must be one of and, or")
        if given.paginate and given.cur_page < 1:
            raise InputError("cur_page", "must be 1 or more")
        wanted = Wanted(
            equal={name: str(given[name]) for name in _EQUAL if given[name]},
            names={name: searched(given, name) for name in _NAMES if given[name]},
            is_any=operator == "or",
            is_exact=given.is_name_exact,
            page=given.cur_page if given.paginate else 0,
            size=given.page_size,
            words=tuple(searched(given).split()),
        )
        self.response.payload = desk(self).search.search(asking(self), wanted)
