"""The audit log: what channels, connections and topics have received and sent, listed and searched."""

from datetime import UTC, datetime
from typing import Any

from apitest_server.audit import stored
from apitest_server.audit.log import AUDIT_LOG
from apitest_server.audit.rules import DIRECTIONS
from apitest_server.errors import NotFound
from apitest_server.internal.crud import OneOf
from apitest_server.internal.crud.paging import page, searched
from apitest_server.odb import DATABASE, ODB
from apitest_server.odb.rows import Objects
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, DateTime, Int, Text

_DIRECTION = OneOf("direction", "", *DIRECTIONS)
_PAGE = (Int("cur_page"), Int("page_size"), Bool("paginate"))
_ROW = (
    Int("id"), Int("object_id"), "object_name", Text("object_type"), "direction", "cid", DateTime("timestamp"),
    "server", "about", Int("size"), "data",
)  # fmt: skip


def _shown(row: dict[str, Any]) -> dict[str, object]:
    return {**row, "timestamp": datetime.fromtimestamp(row["time"], UTC)}


def _must_be(odb: ODB, number: int) -> None:
    with odb.reading() as session:
        if not Objects(session, odb.key.open).kind(number):
            raise NotFound(f"There is no object with ID {number}")


class GetList(Service):
    """What has been received and sent, the latest first; of one object or of all, of one call, with words in it."""

    name = "zato.audit-log.event.get-list"

    class SimpleIO:
        """All words of ``query`` have to be in the data, whatever their case; what is not given may be anything."""

        input_optional = (Int("object_id"), _DIRECTION, "cid", Text("query"), *_PAGE, Int("cluster_id"))
        output_required = _ROW

    def handle(self) -> None:
        """What other servers have noted is there half a second later."""
        given, odb = self.request.input, self.server.components[DATABASE]
        wanted = page(given)
        self.server.components[AUDIT_LOG].save()
        words = tuple(searched(given).split())
        looked_for = stored.Wanted(given.object_id or 0, given.direction, given.cid or "", words)
        rows, total = stored.page(odb, looked_for, wanted.start, wanted.size)
        self.response.payload[:] = [_shown(row) for row in rows]
        self.response.meta = wanted.meta(total)


class GetByID(Service):
    """One event of the audit log."""

    name = "zato.audit-log.event.get-by-id"

    class SimpleIO:
        """By ID."""

        input_required = (Int("id"),)
        input_optional = (Int("cluster_id"),)
        output_required = _ROW

    def handle(self) -> None:
        """404 where it is not kept any longer."""
        number = self.request.input.id
        row = stored.one(self.server.components[DATABASE], number)
        if row is None:
            raise NotFound(f"The audit log has no event with ID {number}")
        self.response.payload = _shown(row)


class Clear(Service):
    """Deletes what the audit log has of an object."""

    name = "zato.audit-log.event.clear"

    class SimpleIO:
        """Both directions, unless one is given."""

        input_required = (Int("object_id"),)
        input_optional = (_DIRECTION, Int("cluster_id"))
        output_required = (Int("deleted"),)

    def handle(self) -> None:
        """Says how many events that were."""
        given, odb = self.request.input, self.server.components[DATABASE]
        _must_be(odb, given.object_id)
        self.server.components[AUDIT_LOG].save()
        directions = (given.direction,) if given.direction else DIRECTIONS
        self.response.payload = {"deleted": stored.forget(odb, given.object_id, directions)}
