"""Opens the scheduler."""

from apitest_server.room import Host, Room
from apitest_server.scheduler.objects import JobObjects
from apitest_server.scheduler.scheduler import Scheduler
from apitest_server.scheduler.states import States

KIND = "scheduler.job"


def open_room(server: Host) -> Room:
    """Runs the jobs of the ODB while the server runs."""
    scheduler = server.components.scheduler = Scheduler(server.invoke_async, States(server.components.odb))
    return Room(kinds={KIND: lambda: JobObjects(scheduler)}, start=scheduler.start, close=scheduler.close)
