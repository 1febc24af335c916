"""Whether the ODB answers at this moment."""

import asyncio
from contextlib import closing

from apitest_server.components import Key
from apitest_server.errors import StartError
from apitest_server.odb.database import ODB
from apitest_server.odb.driver import Driver

SECONDS = 5.0  # that it may take


class Probe:
    """Asks it, over a connection of its own: one that is there may be good, or bad, for longer than the database is.

    Whoever asks while it is being asked gets the same answer, so that no more than one thread ever waits for it.
    """

    def __init__(self, odb: ODB) -> None:
        self._odb = odb
        self._asking: asyncio.Task[bool] | None = None

    async def answers(self) -> bool:
        """Whether it does, within a few seconds."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(asyncio.to_thread(self._asked))
        done, _ = await asyncio.wait([self._asking], timeout=SECONDS)
        return any(task.result() for task in done)

    def _asked(self) -> bool:
        try:
            with closing(Driver(self._odb.where)) as driver:
                driver.execute("SELECT 1 FROM objects LIMIT 1")
        except StartError:
            return False
        return True


PROBE: Key[Probe] = Key("probe")
