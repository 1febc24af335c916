"""Opens the scheduler."""

from collections.abc import Callable

from apitest_server.room import Host, Room
from apitest_server.scheduler.objects import JobObjects
from apitest_server.scheduler.scheduler import Scheduler
from apitest_server.scheduler.states import States
from apitest_server.scheduler.steady import SteadyClock
from apitest_server.service.messages import Channel

KIND = "scheduler.job"


def open_room(server: Host) -> Room:
    """Runs the jobs of the ODB while the server runs."""
    have = server.components

    def run(service: str, payload: object, done: Callable[[], None]) -> str:
        return have.invoker.spawn(service, payload, Channel(type="invoke-async"), done)

    scheduler = have.scheduler = Scheduler(run, States(have.odb), steady=SteadyClock())
    return Room(kinds={KIND: lambda: JobObjects(scheduler)}, start=scheduler.start, close=scheduler.close)
