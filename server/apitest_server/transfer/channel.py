"""A file transfer channel: looks into its directories again and again, and hands over what has come to rest there."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from apitest_server.errors import HTTPError
from apitest_server.invoke.patience import Complaints
from apitest_server.messaging.user import User
from apitest_server.transfer.document import document
from apitest_server.transfer.handing import Hands
from apitest_server.transfer.retries import Retries
from apitest_server.transfer.taking import Taker
from apitest_server.transfer.watch import Watch

logger = logging.getLogger("apitest.transfer")
T = TypeVar("T")


class Terms(NamedTuple):
    """Where a channel looks, and how it understands what it finds.

    Attributes:
        name: of the channel.
        source: where its directories are, for the log.
        directories: their paths there.
        interval: seconds between two looks.
        encoding: of text in the files.
        parser: what makes data of that.
    """

    name: str
    source: str
    directories: tuple[str, ...]
    interval: float
    encoding: str
    parser: str


class Figures:
    """What has become of a channel's files since it was made or changed.

    Attributes:
        taken: files that all services have done with.
        failed: times that one of them has failed.
        last_look: when the last look ended.
        problem: why that failed, or why the last file did.
    """

    def __init__(self) -> None:
        self.taken = self.failed = 0
        self.last_look: datetime | None = None
        self.problem = ""


class FileChannel(User):
    """One channel.

    Attributes:
        terms: where it looks.
        figures: what came of that.
        taker: what it does with files; may be asked for in a thread.
    """

    def __init__(self, terms: Terms, taker: Taker, hands: Hands, threads: Callable[[], Executor]) -> None:
        """Takes what it works with; looks once it is started."""
        super().__init__()
        self.terms = terms
        self.figures = Figures()
        self.taker = taker
        self._hands = hands
        self._threads = threads
        self._watches = {directory: Watch() for directory in terms.directories}
        self._retries = {directory: Retries() for directory in terms.directories}
        self._complaints = {directory: Complaints() for directory in terms.directories}
        self._unsettled: dict[tuple[str, str], bool] = {}
        self._looking: asyncio.Task[None] | None = None
        self._working: asyncio.Task[None] | None = None

    def start(self, after: asyncio.Event | None = None) -> None:
        """Begins to look, on the event loop."""
        self._looking = asyncio.get_running_loop().create_task(self._keep())

    async def close(self, seconds: float) -> None:
        """Stops to look; services that were called may return within so many seconds."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        if self._working is not None:
            await asyncio.wait([self._working], timeout=seconds)
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
        self.taker.end()

    async def _keep(self) -> None:
        while True:
            for directory in self.terms.directories:
                try:
                    await self._look(directory)
                except HTTPError as error:
                    self._complain(directory, str(error))
                except Exception:
                    logger.exception("File transfer channel `%s` failed; it goes on", self.terms.name)
            self.figures.last_look = datetime.now(UTC)
            await asyncio.sleep(self.terms.interval)

    async def _look(self, directory: str) -> None:
        for (place, name), is_done in list(self._unsettled.items()):
            if place == directory:
                await self._settle(directory, name, is_done)
        seen = await self._asked(self.taker.look, directory)
        self._complaints[directory].over()
        if self._complaints[directory].is_news():
            logger.info("File transfer channel `%s` looks into %s", self.terms.name, self._shown(directory))
        retries = self._retries[directory]
        retries.keep(seen.keys())
        for name in self._watches[directory].rested(seen):
            if retries.is_due(name, asyncio.get_running_loop().time()):
                self._working = asyncio.ensure_future(self._work(directory, name))
                await asyncio.shield(self._working)  # The channel may go meanwhile

    async def _work(self, directory: str, name: str) -> None:
        try:
            if not await self._asked(self.taker.take, directory, name):
                return
        except HTTPError as error:
            self._fail(directory, name, str(error), is_set_aside=False)
            return
        try:
            problem = await self._handed_over(directory, name)
        except HTTPError as error:
            problem = str(error)
        except BaseException:
            self._unsettled[directory, name] = False
            raise
        if problem:
            self._fail(directory, name, problem, bool(self.taker.wish.move_failed_to))
        else:
            self.figures.taken += 1
            self.figures.problem = ""
        self._unsettled[directory, name] = not problem
        await self._settle(directory, name, not problem)

    async def _handed_over(self, directory: str, name: str) -> str:
        content, terms = await self._asked(self.taker.read, directory, name), self.terms
        known = await self._asked(document, directory, name, datetime.now(UTC), content, terms.encoding, terms.parser)
        return await self._hands.give(terms.source, known)

    async def _settle(self, directory: str, name: str, is_done: bool) -> None:
        """What cannot be settled now is when the directory can be used again."""
        await self._asked(self.taker.settle, directory, name, is_done)
        self._unsettled.pop((directory, name), None)

    def _fail(self, directory: str, name: str, problem: str, is_set_aside: bool) -> None:
        self.figures.failed += 1
        self.figures.problem = f"{name}: {problem}"
        about = (self.terms.name, name, self._shown(directory), problem)
        if is_set_aside:
            logger.warning("File transfer channel `%s`: `%s` of %s is set aside: %s", *about)
        else:
            wait = self._retries[directory].failed(name, asyncio.get_running_loop().time())
            logger.warning("File transfer channel `%s`: `%s` of %s stays: %s; again in %.0f s", *about, wait)

    def _complain(self, directory: str, problem: str) -> None:
        self.figures.problem = problem
        complaints = self._complaints[directory]
        if complaints.is_due(asyncio.get_running_loop().time()):
            about = (self.terms.name, self._shown(directory), problem, complaints.said())
            logger.warning("File transfer channel `%s` cannot use %s: %s (%d earlier failures were not logged)", *about)

    def _shown(self, directory: str) -> str:
        return f"{directory} ({self.terms.source})"

    async def _asked(self, function: Callable[..., T], *arguments: object) -> T:
        """What a function returns that is called in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads(), function, *arguments)
