"""Hook services: what happens on an outgoing connection is told to them, one event after the other."""

import asyncio
import logging
import sys
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from apitest_server.errors import HTTPError, ServerError
from apitest_server.invoke.backoff import Backoff
from apitest_server.invoke.invoker import Invoker, new_cid
from apitest_server.invoke.patience import Patience
from apitest_server.service.messages import Channel
from apitest_server.wsx.finished import Finished
from apitest_server.wsx.moments import chance

logger = logging.getLogger("apitest.wsx")
CONNECT, MESSAGE, CLOSE = "connect", "message", "close"
MOST = 256  # messages that wait for their turn; connections that come and go have twice the room
AT_ONCE = 16  # requests of the remote end that are worked on at a time
PAUSES = Backoff(sys.maxsize, 0.5, 2, 30)


class Event(NamedTuple):
    """What has happened.

    Attributes:
        type: ``connect``, ``message`` or ``close``.
        number: of the message, or a new ID.
        timestamp: ISO 8601, as the remote end has it where that has sent something.
        data: what was sent, or why the connection is closed.
        keys: the IDs of the messages of a delivery; empty for anything else.
        done: called with the service's response once it has finished without an error.
    """

    type: str
    number: str
    timestamp: str
    data: object
    keys: tuple[str, ...] = ()
    done: Callable[[object], None] | None = None


class Hooks:
    """The hook services of one connection.

    A delivery whose service fails is not confirmed, so that the remote end delivers it again; the next one is taken
    after a pause, which is longer each time. What was finished with is not given to the service a second time.
    """

    def __init__(
        self,
        invoker: Invoker,
        name: str,
        services: dict[str, str],
        has_room: Callable[[], None],
        finished: Finished,
    ) -> None:
        """Takes what it works with.

        Args:
            invoker: runs the services.
            name: of the connection.
            services: type of an event -> the service that is told; empty for none.
            has_room: called when events are taken again after ``add`` has refused one, or was full.
            finished: what the connection's hooks have finished with so far.
        """
        self._invoker = invoker
        self._channel = Channel(name, "outgoing.wsx")
        self._services = services
        self._has_room = has_room
        self._waiting: deque[Event] = deque()
        self._finished = finished
        self._patience = Patience(PAUSES)
        self._worker: asyncio.Task[None] | None = None
        self._asked: set[asyncio.Task[bool]] = set()
        self._closing = asyncio.Event()

    @property
    def is_full(self) -> bool:
        """Whether no other event is taken now."""
        return len(self._waiting) >= MOST

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being worked on, and nothing waits."""
        return self._worker is None and not self._asked

    def add(self, event: Event) -> bool:
        """The service is told of an event when it is its turn; ``False`` if too many wait."""
        if not self._services[event.type]:
            return True
        if len(self._waiting) >= (MOST if event.type == MESSAGE else 2 * MOST):
            return False
        self._waiting.append(event)
        if self._worker is None:
            self._worker = asyncio.get_running_loop().create_task(self._work())
        return True

    def ask(self, event: Event) -> bool:
        """The service is asked for an answer at once; ``False`` if too many are being worked on."""
        if not self._services[event.type]:
            if event.done is not None:
                event.done(None)
            return True
        if len(self._asked) >= AT_ONCE:
            return False
        task = asyncio.get_running_loop().create_task(self._tell(event))
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)
        return True

    def close(self) -> None:
        """No other delivery is taken; what else waits is still told."""
        self._closing.set()

    @property
    def under_way(self) -> set[asyncio.Task[None] | asyncio.Task[bool]]:
        """What tells the services of events now."""
        return {*self._asked, *([self._worker] if self._worker is not None else [])}

    async def _work(self) -> None:
        try:
            while self._waiting:
                was_full = self.is_full
                event = self._waiting.popleft()
                if was_full:
                    self._has_room()
                await self._take(event)
        finally:
            self._worker = None

    async def _take(self, event: Event) -> None:
        if not event.keys:
            await self._tell(event)
            return
        async with self._finished.turn:
            is_done = self._closing.is_set() or await self._is_done(event)
        if is_done:
            self._patience.reset()
        else:
            await self._pause()

    async def _is_done(self, event: Event) -> bool:
        """Whether the service has finished with a delivery, now or before."""
        fresh = event._replace(data=self._finished.without(event.data))
        if fresh.data:
            return await self._tell(fresh)
        if event.done is not None:  # The remote end has not heard that they were finished with
            event.done(None)
        return True

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._patience.next(chance())):
                await self._closing.wait()
        except TimeoutError:
            return

    async def _tell(self, event: Event) -> bool:
        """Whether the service has finished without an error."""
        name, cid = self._services[event.type], new_cid()
        data = {"id": event.number, "timestamp": event.timestamp, "data": event.data}
        about = (self._channel.name, event.type, name, cid)
        payload = {"ctx": {"type": event.type, "name": self._channel.name, "data": data}}
        try:
            response = await self._invoker.call(name, payload, self._channel, cid)
            self._finished.add(event.keys)
            if event.done is not None:
                event.done(response)
        except (HTTPError, ServerError) as error:
            logger.warning("Outgoing WSX connection `%s`: the %s hook `%s` failed, cid %s: %s", *about, error)
            return False
        except Exception:
            logger.exception("Outgoing WSX connection `%s`: the %s hook `%s` failed, cid %s", *about)
            return False
        return True
