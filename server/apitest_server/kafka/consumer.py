"""One consumer of a channel: its messages wait for each other. All of this is in the thread of its link."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from functools import partial
from random import random
from typing import TYPE_CHECKING

from apitest_server.invoke.backoff import Backoff
from apitest_server.invoke.patience import Patience
from apitest_server.kafka.driver import reason
from apitest_server.messaging.delivery import RETRIED, Outcome

if TYPE_CHECKING:
    from confluent_kafka import Consumer as Driver
    from confluent_kafka import Message

    from apitest_server.kafka.link import Link

_TURN = 0.2  # seconds that it waits for a message
_SOON = 1.0  # seconds after which a broker is told that the consumer still lives, though it takes no messages
_RETRIES = Backoff(2**31, 1, 2, 60)  # Of messages whose service failed


class Consumer:
    """What a channel's link does with its client.

    Attributes:
        link: the link.
    """

    link: "Link[Driver]"

    def __init__(self, topics: Sequence[str], begun: "Callable[[Message], Future[Outcome]]") -> None:
        """Takes the names of topics, and what calls the service with a message."""
        self._topics = list(topics)
        self._begun = begun
        self._came: deque[Message] = deque()
        self._patience = Patience(_RETRIES)

    def made(self, settings: dict[str, object]) -> "Driver":
        """A new client, which has subscribed to the topics."""
        from confluent_kafka import Consumer as Driver

        self._came.clear()
        client = Driver(settings)
        client.subscribe(self._topics)
        return client

    def turn(self, client: "Driver") -> None:
        """Calls the service with a message, if there is one."""
        if self._came:
            message: Message | None = self._came.popleft()
        else:
            message = client.poll(_TURN)
        if message is None:
            return
        if (error := message.error()) is not None:
            self.link.trouble(reason(error))
        elif self._is_handled(client, message):
            self._store(client, message)

    def end(self, client: "Driver") -> None:
        """The group gets to know what was handled, and that this one leaves."""
        client.close()

    def _is_handled(self, client: "Driver", message: "Message") -> bool:
        """Calls the service, again until it takes the message, or this consumer may not, or not any longer."""
        while True:
            try:
                called = self._begun(message)
                self._wait(client, partial(_is_done, called))
                outcome = called.result()
            except CancelledError:
                return False
            if outcome.verdict != RETRIED:
                self._patience.reset()
                return True
            self._wait(client, self.link.leaving.wait, self._patience.next(random()))  # noqa: S311 - not all at once
            if self.link.leaving.is_set() or not _is_assigned(client, message):
                return False

    def _wait(self, client: "Driver", is_over: Callable[[float], bool], seconds: float = float("inf")) -> None:
        """Waits until something is over, or for a time; the group must not take this one for dead meanwhile."""
        is_paused = False
        while not is_over(min(_SOON, seconds)) and (seconds := seconds - _SOON) > 0:
            client.pause(client.assignment())
            is_paused = True
            if (message := client.poll(0)) is not None and message.error() is None:
                self._came.append(message)  # Of a partition that is new here
        if is_paused:
            client.resume(client.assignment())

    def _store(self, client: "Driver", message: "Message") -> None:
        from confluent_kafka import KafkaException

        with suppress(KafkaException):  # The partition is another one's meanwhile, who gets the message, too
            client.store_offsets(message)


def _is_assigned(client: "Driver", message: "Message") -> bool:
    topic, partition = message.topic(), message.partition()
    return any(each.topic == topic and each.partition == partition for each in client.assignment())


def _is_done(called: "Future[Outcome]", seconds: float) -> bool:
    with suppress(TimeoutError):
        called.exception(seconds)
    return called.done()
