"""Opens the scheduler."""

from collections.abc import Callable
from datetime import UTC, datetime

from apitest_server.cluster.bus import BUS
from apitest_server.invoke.invoker import INVOKER
from apitest_server.odb import DATABASE
from apitest_server.outgoing.connections import OUTGOING
from apitest_server.room import Host, Room
from apitest_server.scheduler import notifications
from apitest_server.scheduler.notifications import NOTIFICATIONS, NotificationObjects, Notifications
from apitest_server.scheduler.objects import JobObjects
from apitest_server.scheduler.scheduler import SCHEDULER, Scheduler
from apitest_server.scheduler.states import States
from apitest_server.scheduler.steady import SteadyClock
from apitest_server.service.messages import Channel

KIND = "scheduler.job"
_PATIENCE = 2.0  # seconds that jobs wait for the database's clock at a start


def open_room(server: Host) -> Room:
    """Runs the jobs of the ODB while the server runs."""
    have = server.components

    def run(job: str, service: str, payload: object, done: Callable[[], None]) -> str:
        return have[INVOKER].spawn(service, payload, Channel(job, "scheduler"), done)

    bus = have[BUS]

    def now() -> datetime:
        return datetime.fromtimestamp(bus.now(), UTC)

    states, steady = States(have[DATABASE], bus), SteadyClock(bus.now)
    have[SCHEDULER] = scheduler = Scheduler(run, states, now, steady, ready=lambda: bus.wait(_PATIENCE))
    have[NOTIFICATIONS] = Notifications(have[OUTGOING])
    kinds = {KIND: lambda: JobObjects(scheduler), notifications.KIND: lambda: NotificationObjects(scheduler)}
    return Room(kinds=kinds, start=scheduler.start, close=scheduler.close)
