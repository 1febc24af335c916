"""Services as subscribers: each message for an endpoint of the type ``service`` is a call of its service.

Of the servers of one ODB one delivers to such a subscription, and another one takes over when that is gone.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from time import monotonic

from apitest_server.errors import HTTPError, NotFound
from apitest_server.pubsub.background import told
from apitest_server.pubsub.broker import Broker
from apitest_server.pubsub.delivery import NotArrived, Partly
from apitest_server.pubsub.message import Message

logger = logging.getLogger("apitest.pubsub")
TYPE = "service"
LOOK = 5.0  # seconds between two looks at what other servers deliver
LONGEST = 1.0  # seconds of calls of a batch, about; who dies has no more of them to repeat
Invoke = Callable[[str, object], Awaitable[object]]


class Services:
    """The subscriptions of services, as far as this server delivers to them."""

    def __init__(self, broker: Broker, invoke: Invoke) -> None:
        """Takes the broker, and what calls a service by its name with a payload."""
        self._broker = broker
        self._invoke = invoke
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._is_closing = False
        self._at_work: set[str] = set()  # Subscriptions whose service is being called
        broker.listeners.append(self.look)

    def look(self) -> None:
        """Something has changed; called on the event loop. Nothing is done while there are no such endpoints."""
        if self._task is None and any(one.endpoint_type == TYPE for one in self._broker.endpoints.all()):
            self._task = asyncio.ensure_future(self._attach_all())
        self._woken.set()

    async def close(self, seconds: float) -> None:
        """The server ends: services finish with the message that they are at work on, if they do so in time."""
        self._is_closing = True
        if self._task is not None:
            self._task.cancel()
        pushers = [self._broker.pushers[key] for key in self._at_work if key in self._broker.pushers]
        for pusher in pushers:
            pusher.finish()
        if pushers:
            await asyncio.wait([pusher.ended for pusher in pushers], timeout=seconds)

    async def _attach_all(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self._broker.ready()
                is_done = await self._attach()
            except Exception as error:
                logger.error("Messages for services cannot be delivered yet: %s", told(error))
                is_done = False
            try:
                async with asyncio.timeout(None if is_done else LOOK):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def _attach(self) -> bool:
        """Delivers to subscriptions that no other server delivers to; whether that are all of them."""
        is_done = True
        for one in self._broker.subscriptions.where(lambda one: one.endpoint_type == TYPE):
            if self._broker.is_attached(one.sub_key):
                continue
            try:
                is_ours = await self._broker.hold(one.sub_key)
            except NotFound:  # It has ended meanwhile
                continue
            if is_ours:
                self._broker.attach(one.sub_key, partial(self._deliver, one.sub_key, one.endpoint_id))
            is_done = is_done and is_ours
        return is_done

    async def _deliver(self, sub_key: str, endpoint_id: int, messages: Sequence[Message]) -> None:
        self._at_work.add(sub_key)
        started = monotonic()
        try:
            for number, message in enumerate(messages):
                if number and (self._is_closing or monotonic() - started > LONGEST):
                    raise Partly(number)
                await self._call(number, message, endpoint_id)
        finally:
            self._at_work.discard(sub_key)

    async def _call(self, number: int, message: Message, endpoint_id: int) -> None:
        endpoint = self._broker.endpoints.get(endpoint_id)
        service = endpoint.service_name if endpoint else ""
        try:
            await self._invoke(service, message.external())
        except Exception as error:
            why = f"the service `{service}` has failed: {error or type(error).__name__}"
            if not isinstance(error, HTTPError):
                logger.exception("Message %s: %s", message.msg_id, why)
            raise NotArrived(why, number, number + 1) from None
