"""Jobs of the scheduler: services that are called once, at intervals, or by the calendar."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from apitest_server.errors import NotFound
from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field, Moment, ObjectType, OneOf, ServiceName, check_service
from apitest_server.internal.crud.object_type import KEPT
from apitest_server.internal.crud.services import ObjectService
from apitest_server.odb.live import LIVE
from apitest_server.scheduler.cron import written_out
from apitest_server.scheduler.scheduler import SCHEDULER
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import AsIs, Bool, DateTime, Int, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    check_service(server, fields)
    for field in JOB.fields:
        if fields.job_type not in _TYPES_WITH.get(field.name, (fields.job_type,)):
            fields[field.name] = field.element.default
    if fields.job_type == "interval_based" and not fields.start_date:
        fields.start_date = datetime.now(UTC)  # Intervals are counted from it, also after a restart


class _Cron(Text):
    """A schedule as crontab has it."""

    def parse(self, value: object) -> str:
        """The five fields, also of a short one such as ``@hourly``."""
        return written_out(super().parse(value))


_UNITS = ("weeks", "days", "hours", "minutes", "seconds")
# Fields that not all types of jobs have -> those that do; other jobs have the default
_TYPES_WITH = {
    **dict.fromkeys(_UNITS, ("interval_based",)),
    "repeats": ("interval_based", "cron_style"),
    "cron_definition": ("cron_style",),
    "timezone": ("cron_style",),
}

JOB = ObjectType(
    name="scheduler.job",
    title="Job",
    fields=(
        Field(OneOf("job_type", "one_time", "interval_based", "cron_style"), required=True, filters=True),
        Field(ServiceName(), required=True, searched=True, filters=True),
        Field(Bool("is_active", default=True)),
        Field(AsIs("extra")),
        Field(Moment("start_date")),
        Field(Between("weeks", 0, 10_000, default=0)),
        Field(Between("days", 0, 100_000, default=0)),
        Field(Between("hours", 0, 1_000_000, default=0)),
        Field(Between("minutes", 0, 10_000_000, default=0)),
        Field(Between("seconds", 0, 100_000_000, default=0)),
        Field(Between("repeats", 0, 1_000_000_000, default=0), about="How often at most; 0: always"),
        Field(_Cron("cron_definition", default=""), about="Of a cron style job; such as 0 6 * * mon-fri"),
        Field(Text("timezone", default="UTC"), about="Of the cron definition; such as Europe/London"),
        Field(OneOf("missed", "run_once", "skip"), about="What becomes of runs missed while the server was down"),
        Field(Bool("may_overlap", default=False)),
    ),
    validate=_validate,
    told=("cron_definition",),
)


class _Retyped(ObjectService):
    """Where a job becomes one of another type, it begins like a new one of that type."""

    @property
    def given(self) -> Mapping[str, Any]:
        """The input, and where the type changes, what of the schedule is not given as it is in a new job."""
        given = dict(super().given)
        wanted = given["job_type"] if self.verb == "edit" else KEPT
        if wanted is not KEPT and wanted != self.objects.stored(given["id"]).fields["job_type"]:
            if given["repeats"] is KEPT:
                given["repeats"] = 0
            if given["start_date"] is KEPT and wanted != "one_time":  # Which cannot be without one
                given["start_date"] = None
        return given


Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(JOB, __name__, {}, _Retyped)


_STATUS = (
    Int("id"), "name", "service", Bool("is_active"), DateTime("last_run"), Int("runs"), DateTime("next_run"),
)  # fmt: skip


class Execute(Service):
    """Runs a job now, whatever its schedule says; the schedule is not touched."""

    name = "zato.scheduler.job.execute"

    class SimpleIO:
        """By ID."""

        input_required = (Int("id"),)
        input_optional = (Int("cluster_id"),)
        output_required = (Int("id"), "cid")

    def handle(self) -> None:
        """Returns the ``cid`` of the call, which is not waited for."""
        number = self.request.input.id
        self.response.payload = {"id": number, "cid": self.server.components[SCHEDULER].execute(number)}


class Pause(crud.Switch):
    """No longer runs a job by its schedule, until it is resumed."""

    name = "zato.scheduler.job.pause"
    object_type = JOB
    is_active = False


class Resume(crud.Switch):
    """Runs a job by its schedule again; a run that was missed meanwhile is made up for if the job says so."""

    name = "zato.scheduler.job.resume"
    object_type = JOB
    is_active = True


class GetStatusList(Service):
    """When each job was run last, how often, and when it is due; of one job where its ID is given."""

    name = "zato.scheduler.job.get-status-list"

    class SimpleIO:
        """Times are in UTC; a job that is never run again has no next one."""

        input_optional = (Int("id"), Int("cluster_id"))
        output_required = _STATUS

    def handle(self) -> None:
        """By name."""
        number, have = self.request.input.id, self.server.components
        jobs = {item.id for item in have[LIVE].of_kind(JOB.name)}  # The scheduler runs other things as well
        rows = [row for row in have[SCHEDULER].status() if row["id"] in jobs and number in (None, row["id"])]
        if number is not None and not rows:
            raise NotFound(f"There is no job with ID {number}")
        self.response.payload[:] = rows
