"""SQL notifications: queries that are run again and again, and services that are called with the rows."""

import asyncio
from datetime import UTC, datetime

from apitest_server.errors import BadRequest, InputError, ServiceUnavailable
from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field, Moment, ObjectType, OneOf, Reference, check_service, find
from apitest_server.invoke.invoker import INVOKER
from apitest_server.scheduler.notifications import NOTIFICATIONS
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Bool, Int, Text
from apitest_server.service.messages import Channel


def _validate(server: Server, fields: Attrs, number: int) -> None:
    check_service(server, fields, "service_name")
    if not fields.query.strip():
        raise InputError("query", "must be a statement of SQL")
    if not fields.def_id:
        raise InputError("def_id", "must be the ID of an outgoing SQL connection")
    # As the scheduler wants them
    fields.job_type, fields.seconds = "interval_based", fields.interval
    fields.start_date = fields.start_date or datetime.now(UTC)


NOTIFICATION = ObjectType(
    name="notif.sql",
    title="SQL notification",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(OneOf("notif_type", "sql")),
        Field(Reference("def_id"), required=True, refers_to=("outgoing.sql",), about="An outgoing SQL connection"),
        Field(Text("query"), required=True, searched=True, about="Such as SELECT id FROM orders WHERE is_new = 1"),
        Field(Text("service_name"), required=True, searched=True, about="Called with the rows, if there are any"),
        Field(Between("interval", 1, 100_000_000, default=60), about="In seconds"),
        Field(Between("max_rows", 1, 100_000, default=1000), about="That are read at a time"),
        Field(OneOf("job_type", "interval_based"), is_given=False),
        Field(Between("seconds", 0, 100_000_000, default=0), is_given=False),
        Field(Moment("start_date"), is_given=False),
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(NOTIFICATION, __name__)


class Run(Service):
    """Runs the query of a notification now, and calls its service if it returns rows."""

    name = "zato.notif.sql.run"

    class SimpleIO:
        """By ID. The scheduler says that it has called: what fails then is told in the log only, once."""

        input_required = (Int("id"),)
        input_optional = (Bool("is_scheduled", default=False), Int("cluster_id"))
        output_required = (Int("id"), Int("rows"), Bool("is_success"))

    async def handle(self) -> None:
        """The service gets a list of the rows, each a dictionary by column; 400 or 503 where the query fails."""
        given, have = self.request.input, self.server.components
        item = await asyncio.to_thread(find, self.server, NOTIFICATION, given.id)
        try:
            rows = await asyncio.to_thread(have[NOTIFICATIONS].rows, item)
        except (BadRequest, ServiceUnavailable):
            if not given.is_scheduled:
                raise
            self.response.payload = {"id": item.id, "rows": 0, "is_success": False}
            return
        if rows:
            channel = Channel(item.name, "notif-sql", self.channel.user)
            await have[INVOKER].call(item.fields["service_name"], rows, channel, self.cid)
        self.response.payload = {"id": item.id, "rows": len(rows), "is_success": True}
