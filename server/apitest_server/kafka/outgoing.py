"""Outgoing Kafka connections, ``self.out.kafka.send(data, "CRM", "orders")``.

A message is sent once all replicas of its partition that are in step have it.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from apitest_server.errors import BadRequest, BrokerError, ServiceTimeout, ServiceUnavailable
from apitest_server.invoke.message_body import body_of
from apitest_server.kafka.driver import reason
from apitest_server.kafka.link import Link
from apitest_server.kafka.place import Place
from apitest_server.messaging.connection import Note, OutgoingConnection, nothing
from apitest_server.outgoing.connections import Connections

if TYPE_CHECKING:
    from confluent_kafka import KafkaError, Message, Producer

_TURN = 0.2  # seconds in which the driver tells what became of messages
_MARGIN = 5.0  # seconds that the driver gets, next to what it has been told


class Sent(NamedTuple):
    """Where a message is.

    Attributes:
        topic: of the message.
        partition: of the topic.
        offset: in the partition.
    """

    topic: str
    partition: int
    offset: int


class Sender:
    """What a connection's link does with its client."""

    def made(self, settings: dict[str, object]) -> "Producer":
        """A new client."""
        from confluent_kafka import Producer

        return Producer(settings)

    def turn(self, client: "Producer") -> None:
        """The driver tells what has become of messages."""
        client.poll(_TURN)

    def end(self, client: "Producer") -> None:
        """What was begun is confirmed, or given up after its time."""
        client.flush()


class KafkaConnection(OutgoingConnection):
    """One outgoing connection.

    Attributes:
        link: its client.
    """

    def __init__(
        self, name: str, place: Place, topic: str, timeout: int, compression: str, client: str, note: Note = nothing,
    ) -> None:  # fmt: skip
        """Takes what it works with; connects once it is started.

        Args:
            name: its name.
            place: where the brokers are.
            topic: of messages that are sent without one.
            timeout: seconds that brokers may take to confirm a message.
            compression: of messages, such as ``gzip``.
            client: what brokers list it as.
            note: takes note of what is sent.
        """
        settings = {
            "acks": "all",
            "enable.idempotence": True,  # What is sent again is there once, and in order
            "message.timeout.ms": timeout * 1000,
            "compression.type": compression,
        }
        super().__init__("Kafka", name, note)
        self.link: Link[Producer] = Link(place, self.title, client, Sender(), settings)
        self._topic = topic
        self._timeout = timeout
        self._in_flight = 0

    def start(self, after: asyncio.Event | None = None) -> None:
        """Connects."""
        super().start(after)
        self.link.start()

    async def close(self, seconds: float) -> None:
        """Ends once what was sent is confirmed, at the latest after so many seconds."""
        await self.link.close(seconds)

    def send(
        self,
        data: object,
        topic: str = "",
        key: str | bytes | None = None,
        headers: Mapping[str, str | bytes | None] | None = None,
        partition: int | None = None,
    ) -> Sent | Awaitable[Sent]:
        """Sends a message and returns where it is once the brokers have it; an ``async`` service has to await that.

        Args:
            data: bytes as they are, text in UTF-8, all else as JSON.
            topic: where to; that of the connection if empty.
            key: messages with the same key go to the same partition.
            headers: the application's own.
            partition: of the topic; found by the key, or by chance, if it is not given.

        Raises:
            BadRequest: this cannot be sent.
            ServiceUnavailable: there is no connection.
            ServiceTimeout: the brokers do not confirm; whether they have the message is not known.
            BrokerError: they do not take the message.
        """
        topic = topic or self._topic
        if not topic:
            raise BadRequest(f"A topic is required: `{self.name}` has none of its own")
        body, _ = body_of(data)
        more: dict[str, Any] = {} if partition is None else {"partition": partition}
        work = self._send({"topic": topic, "value": body, "key": key, "headers": dict(headers or {}), **more})
        self.note(body, topic)
        return self.done(work, self._timeout + _MARGIN)

    def ping(self) -> str | Awaitable[str]:
        """Asks a broker for its topics; returns the address. In an ``async`` service it has to be awaited.

        Raises:
            ServiceUnavailable: none answers.
        """
        return self.done(self._ping(), self._timeout)

    def status(self) -> dict[str, object]:
        """What it is doing."""
        return {
            "is_connected": self.link.is_open,
            "last_problem": self.link.failure,
            "in_flight": self._in_flight,
        }

    async def _client(self) -> "Producer":
        try:
            async with asyncio.timeout(self._timeout):
                return await asyncio.shield(asyncio.wrap_future(self.link.client))
        except TimeoutError:
            raise self._away() from None

    def _away(self) -> ServiceUnavailable:
        return ServiceUnavailable(f"{self.link.title} is not connected: {self.link.failure or 'it does not answer'}")

    async def _ping(self) -> str:
        from confluent_kafka import KafkaException

        client = await self._client()
        try:
            await asyncio.to_thread(client.list_topics, timeout=self._timeout)
        except KafkaException:
            raise self._away() from None
        return self.link.place.where

    async def _send(self, message: dict[str, Any]) -> Sent:
        client, loop = await self._client(), asyncio.get_running_loop()
        from confluent_kafka import KafkaException

        done: asyncio.Future[Sent] = loop.create_future()

        def told(error: "KafkaError | None", sent: "Message") -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._settle, done, error, sent)

        self._in_flight += 1
        try:
            client.produce(**message, on_delivery=told)
            async with asyncio.timeout(self._timeout + _MARGIN):
                return await done
        except BufferError:
            raise ServiceUnavailable(f"Too many messages of `{self.name}` wait to be confirmed") from None
        except KafkaException as error:
            raise self._failed(error.args[0]) from None
        except (TypeError, ValueError, OverflowError) as error:  # Of the driver, which has sent nothing
            raise BadRequest(f"The message cannot be sent to Kafka: {error}") from None
        except TimeoutError:
            raise self._unknown() from None
        finally:
            self._in_flight -= 1

    def _settle(self, done: asyncio.Future[Sent], error: "KafkaError | None", sent: "Message") -> None:
        if done.done():
            return
        if error is None:
            done.set_result(Sent(sent.topic() or "", sent.partition() or 0, sent.offset() or 0))
        else:
            done.set_exception(self._failed(error))

    def _failed(self, error: "KafkaError") -> Exception:
        from confluent_kafka import KafkaError

        if error.code() in (KafkaError._MSG_TIMED_OUT, KafkaError._TIMED_OUT):
            return self._unknown() if self.link.is_open else self._away()
        if error.code() in (KafkaError._PURGE_QUEUE, KafkaError._PURGE_INFLIGHT) or error.fatal():
            return self._unknown()
        return BrokerError(f"The brokers of `{self.name}` do not take the message: {reason(error)}")

    def _unknown(self) -> ServiceTimeout:
        return ServiceTimeout(f"The brokers of `{self.name}` did not confirm within {self._timeout} s")


class KafkaConnections(Connections[KafkaConnection]):
    """``self.out.kafka``: the connections by name, and a short way to send."""

    def send(self, data: object, name: str, topic: str = "", **more: Any) -> Sent | Awaitable[Sent]:
        """Sends a message through the connection of a name; see :meth:`KafkaConnection.send`."""
        return self[name].send(data, topic, **more)
