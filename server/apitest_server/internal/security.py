"""Security definitions of all types."""

from typing import Any

from apitest_server.internal.crud.paging import page, searched
from apitest_server.odb import DATABASE
from apitest_server.odb.rows import Objects, Query
from apitest_server.security.objects import SECURITY
from apitest_server.security.types import BY_KIND, BY_NAME, TYPES
from apitest_server.service.base import Service
from apitest_server.service.elements import CSV, Bool, Int


class GetList(Service):
    """Lists security definitions of all types, or of some: ``sec_type`` is ``basic_auth``, ``wss`` and so on."""

    name = "zato.security.get-list"

    class SimpleIO:
        """Types, pages and search words in, rows out."""

        input_optional = (
            Int("cluster_id"), CSV("sec_type"), Int("cur_page"), Int("page_size"), Bool("paginate"), "query",
        )  # fmt: skip
        output_required = (Int("id"), "name", "sec_type")
        output_optional = (Bool("is_active"), "username", Bool("is_declared"))

    def handle(self) -> None:
        """Those of server.conf in front, the others by name."""
        given = self.request.input
        wanted = page(given)
        types = given.sec_type or [one.sec_type for one in TYPES]
        words = searched(given).casefold().split()
        declared = [row for row in self._declared() if row["sec_type"] in types and _has(row, words)]
        first = list(wanted.cut(declared))
        limit = None if wanted.size is None else wanted.size - len(first)
        kinds = [one.kind for one in TYPES if one.sec_type in types]
        rows, total = self._stored(Query(kinds, tuple(words), {}, max(0, wanted.start - len(declared)), limit))
        self.response.payload = first + rows
        self.response.meta = wanted.meta(total + len(declared))

    def _declared(self) -> list[dict[str, Any]]:
        rows = self.server.components[SECURITY].declared()
        shown = [
            {**row, "sec_type": BY_NAME[row["type"]].sec_type, "is_active": True, "is_declared": True} for row in rows
        ]
        return sorted(shown, key=lambda row: str(row["name"]).casefold())

    def _stored(self, query: Query) -> tuple[list[dict[str, Any]], int]:
        odb = self.server.components[DATABASE]
        with odb.reading() as session:
            items, total = Objects(session, odb.key.open).page(query)
        rows = [
            {
                **item.fields,
                "id": item.id,
                "name": item.name,
                "sec_type": BY_KIND[item.kind].sec_type,
                "is_declared": False,
            }
            for item in items
        ]
        return rows, total


def _has(row: dict[str, Any], words: list[str]) -> bool:
    text = f"{row['name']}\n{row['username']}".casefold()
    return all(word in text for word in words)
