"""Outgoing AMQP connections, ``self.out.amqp.send(data, "CRM", "exchange", "routing.key")``.

A message is sent once the broker has confirmed it: from then on it is the broker's, on disk if it is persistent and its
queue is durable.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from apitest_server.amqp.broker import Broker, reason
from apitest_server.amqp.link import Link, over
from apitest_server.amqp.message import properties_of
from apitest_server.errors import BadRequest, BrokerError, ServiceTimeout, ServiceUnavailable
from apitest_server.invoke.crossing import is_cancelled
from apitest_server.invoke.message_body import body_of
from apitest_server.messaging.connection import Note, OutgoingConnection, nothing
from apitest_server.outgoing.connections import Connections

if TYPE_CHECKING:
    from aiormq import Connection
    from aiormq.abc import AbstractChannel

TIMEOUT = 10.0  # seconds that a broker may take to confirm


class Message(NamedTuple):
    """What is sent.

    Attributes:
        body: as bytes.
        properties: by the driver's names.
        exchange: where to.
        routing_key: what the exchange goes by.
        mandatory: whether a queue has to take it.
    """

    body: bytes
    properties: dict[str, Any]
    exchange: str
    routing_key: str
    mandatory: bool


class AMQPConnection(OutgoingConnection):
    """One outgoing connection.

    Attributes:
        link: its connection to the broker.
    """

    def __init__(
        self, name: str, broker: Broker, properties: Mapping[str, object], size: int, client: str, note: Note = nothing,
    ) -> None:  # fmt: skip
        """Takes what it works with; connects once it is started.

        Args:
            name: its name.
            broker: where it leads.
            properties: of messages that are sent without these.
            size: how many messages may wait to be confirmed at a time.
            client: what the broker lists it as.
            note: takes note of what is sent.
        """
        super().__init__("AMQP", name, note)
        self.link = Link(broker, self.title, client, self._serve)
        self._properties = properties
        self._slots = asyncio.Semaphore(size)
        self._idle: list[AbstractChannel] = []
        self._in_flight = 0

    def start(self, after: asyncio.Event | None = None) -> None:
        """Connects, on the event loop."""
        super().start(after)
        self.link.start()

    async def close(self, seconds: float) -> None:
        """Ends once what was sent is confirmed, at the latest after so many seconds."""
        await self.link.close(seconds)

    def send(
        self,
        data: object,
        exchange: str = "",
        routing_key: str = "",
        properties: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        mandatory: bool = False,
        timeout: float = TIMEOUT,
        **more: object,
    ) -> Awaitable[None] | None:
        """Sends a message and returns once the broker has it; in an ``async`` service the result has to be awaited.

        Args:
            data: bytes as they are, text in UTF-8, all else as JSON.
            exchange: where to; the default exchange, which takes names of queues as routing keys, if empty.
            routing_key: what the exchange goes by.
            properties: of the message, such as ``correlation_id``; those of the connection count where it has none.
            headers: the application's own.
            mandatory: whether it is an error if no queue takes the message.
            timeout: seconds that the broker may take.
            more: properties by their names.

        Raises:
            BadRequest: AMQP has no such property, or it cannot have this value.
            ServiceUnavailable: the broker is away.
            ServiceTimeout: it does not confirm; whether it has the message is not known.
            BrokerError: it does not take the message.
        """
        body, content_type = body_of(data)
        default = {"content_type": content_type} if content_type else {}
        found = properties_of(default, self._properties, properties or {}, more)
        message = Message(body, {**found, "headers": dict(headers or {})}, exchange, routing_key, mandatory)
        self.note(body, f"{exchange} {routing_key}".strip())
        return self.done(self._send(message, timeout), timeout)

    def ping(self) -> str | Awaitable[str]:
        """Has the broker open a channel; returns its address. In an ``async`` service it has to be awaited.

        Raises:
            ServiceUnavailable: it is away.
        """
        return self.done(self._ping(), TIMEOUT)

    def status(self) -> dict[str, object]:
        """What it is doing."""
        return {
            "is_connected": self.link.is_open,
            "last_problem": self.link.failure,
            "in_flight": self._in_flight,
        }

    async def _serve(self, connection: "Connection", opened: Callable[[], None]) -> None:
        self._idle = []
        opened()
        await over(self.link, connection.closing)
        while self._in_flight:  # What was begun is confirmed before the connection is closed
            await asyncio.sleep(0.01)

    async def _ping(self) -> str:
        connection = await self.link.connection(TIMEOUT)

        async def opened_and_closed() -> None:
            await _close(await connection.channel())

        await self._timely(opened_and_closed(), TIMEOUT)
        return self.link.broker.where

    async def _send(self, message: Message, timeout: float) -> None:
        connection = await self.link.connection(timeout)
        self._in_flight += 1
        try:
            async with self._slots:
                await self._timely(self._publish(connection, message), timeout)
        finally:
            self._in_flight -= 1

    async def _publish(self, connection: "Connection", message: Message) -> None:
        from aiormq import spec

        usable = [channel for channel in self._idle if not channel.is_closed]
        channel = usable.pop() if usable else await connection.channel(on_return_raises=True)
        self._idle = usable
        is_done = False
        try:
            await channel.basic_publish(
                message.body,
                exchange=message.exchange,
                routing_key=message.routing_key,
                properties=spec.Basic.Properties(**message.properties),
                mandatory=message.mandatory,
            )
            is_done = True
        finally:
            if is_done:
                self._idle.append(channel)
            else:  # It may still wait for something
                await _close(channel)

    async def _timely(self, work: Awaitable[None], timeout: float) -> None:
        from aiormq import AMQPConnectionError, AMQPError, ChannelInvalidStateError, PublishError

        try:
            async with asyncio.timeout(timeout):
                await work
        except TimeoutError:
            raise ServiceTimeout(f"The broker of `{self.name}` did not confirm within {timeout:g} s") from None
        except PublishError as error:
            raise BrokerError(f"No queue of the broker of `{self.name}` takes the message: {error.args[0]}") from None
        except (AMQPConnectionError, ChannelInvalidStateError, OSError, asyncio.CancelledError):
            if is_cancelled():
                raise
            words = f"The connection of `{self.name}` was lost before the broker had confirmed; it may have the message"
            raise ServiceUnavailable(words) from None
        except AMQPError as error:
            raise BrokerError(f"The broker of `{self.name}` does not take the message: {reason(error)}") from None
        except (ValueError, TypeError, KeyError) as error:  # Of the driver, which has sent nothing
            raise BadRequest(f"The message cannot be sent over AMQP: {error}") from None


class AMQPConnections(Connections[AMQPConnection]):
    """``self.out.amqp``: the connections by name, and a short way to send."""

    def send(
        self,
        data: object,
        name: str,
        exchange: str = "",
        routing_key: str = "",
        properties: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        **more: Any,
    ) -> Awaitable[None] | None:
        """Sends a message through the connection of a name; see :meth:`AMQPConnection.send`."""
        return self[name].send(data, exchange, routing_key, properties, headers, **more)


async def _close(channel: "AbstractChannel") -> None:
    with suppress(Exception):
        async with asyncio.timeout(1):
            await channel.close()
