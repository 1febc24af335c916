"""Opens the scheduler."""

from collections.abc import Callable

from apitest_server.invoke.invoker import INVOKER
from apitest_server.odb import DATABASE
from apitest_server.room import Host, Room
from apitest_server.scheduler.objects import JobObjects
from apitest_server.scheduler.scheduler import SCHEDULER, Scheduler
from apitest_server.scheduler.states import States
from apitest_server.scheduler.steady import SteadyClock
from apitest_server.service.messages import Channel

KIND = "scheduler.job"


def open_room(server: Host) -> Room:
    """Runs the jobs of the ODB while the server runs."""
    have = server.components

    def run(service: str, payload: object, done: Callable[[], None]) -> str:
        return have[INVOKER].spawn(service, payload, Channel(type="invoke-async"), done)

    have[SCHEDULER] = scheduler = Scheduler(run, States(have[DATABASE]), steady=SteadyClock())
    return Room(kinds={KIND: lambda: JobObjects(scheduler)}, start=scheduler.start, close=scheduler.close)
