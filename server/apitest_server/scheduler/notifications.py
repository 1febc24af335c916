"""SQL notifications: queries that are run again and again, and services that are called with what they return."""

from collections.abc import Sequence
from typing import Any

from apitest_server.components import Key
from apitest_server.errors import BadRequest, DatabaseError, ServerError, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.outgoing.connections import Outgoing
from apitest_server.outgoing.notices import Notices
from apitest_server.scheduler.scheduler import Scheduler

KIND = "notif.sql"
RUN = "zato.notif.sql.run"  # The service that the scheduler calls


class Notifications:
    """Runs the queries of notifications; what fails is told once, until it works again."""

    def __init__(self, outgoing: Outgoing) -> None:
        """Takes the outgoing connections."""
        self._outgoing = outgoing
        self._notices: dict[int, Notices] = {}

    def rows(self, item: StoredObject) -> list[dict[str, Any]]:
        """What the query of a notification returns, so many rows of it at most as its definition says.

        Raises:
            ServiceUnavailable: the database cannot be reached, or the connection is not active.
            BadRequest: the database does not like the query.
        """
        notices = self._notices.setdefault(item.id, Notices(f"SQL notification `{item.name}`"))
        fields = item.fields
        try:
            found = self._outgoing.sql.with_id(fields["def_id"]).run(
                fields["query"], None, fields.get("max_rows", 1000)
            )
        except DatabaseError as error:
            notices.away(error.problem)
            raise (ServiceUnavailable if error.is_away else BadRequest)(error.problem) from None
        except ServerError as error:
            notices.away(error.problem)
            raise ServiceUnavailable(error.problem) from None
        notices.connected()
        return [dict(row) for row in found.rows]


class NotificationObjects(Each):
    """Plans notifications with the scheduler: of several servers one runs a query, and another one takes over."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def load(self, items: Sequence[StoredObject]) -> None:
        """Plans all of them, in the scheduler's thread."""
        self._scheduler.load([_job(item) for item in items])

    def put(self, item: StoredObject) -> None:
        """Plans one."""
        self._scheduler.put(_job(item))

    def remove(self, item: StoredObject) -> None:
        """Forgets one."""
        self._scheduler.remove(item)


def _job(item: StoredObject) -> StoredObject:
    """A notification as a job, with the same ID, under which its runs are written down."""
    fields = {**item.fields, "service": RUN, "extra": {"id": item.id, "is_scheduled": True}, "missed": "skip"}
    return StoredObject(item.id, item.kind, item.name, fields)


NOTIFICATIONS: Key[Notifications] = Key("notifications")
