"""Jobs of the ODB in the running server."""

from collections.abc import Sequence

from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.scheduler.scheduler import Scheduler


class JobObjects(Each):
    """Plans jobs with the scheduler as their definitions are loaded, stored and deleted."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def load(self, items: Sequence[StoredObject]) -> None:
        """Plans all of them, in the scheduler's thread."""
        self._scheduler.load(items)

    def check(self, item: StoredObject) -> None:
        """Refuses a definition that has no valid schedule."""
        from apitest_server.scheduler.jobs import job

        job(item)

    def put(self, item: StoredObject) -> None:
        """Plans a job; its earlier runs count unless its schedule has changed."""
        self._scheduler.put(item)

    def remove(self, item: StoredObject) -> None:
        """Forgets a job; the table of runs forgets it with its definition."""
        self._scheduler.remove(item)
