"""One client of Kafka's brokers, kept by a thread of its own from when it is wanted until it is not any longer.

The driver connects to brokers, and again, by itself. What is told here is whether that works: where the driver says
that all brokers are down, one is asked, until it answers.
"""

import asyncio
import logging
import sys
from collections.abc import Mapping
from concurrent.futures import Future
from random import random
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from apitest_server.invoke.backoff import Backoff
from apitest_server.invoke.patience import Complaints, Patience
from apitest_server.kafka.driver import reason
from apitest_server.kafka.place import Place

if TYPE_CHECKING:
    from confluent_kafka import KafkaError

logger = logging.getLogger("apitest.kafka")
AGAIN = Backoff(sys.maxsize, 0.5, 2, 30)  # Of clients that cannot be made
PROBE = 1.0  # seconds that a broker has to answer
STEADY = 60.0  # seconds; a connection that lasts that long works


class Client(Protocol):
    """What the driver's producers and consumers have in common."""

    def list_topics(self, topic: str | None = None, timeout: float = -1) -> object:
        """Asks a broker."""


C = TypeVar("C", bound=Client)


class Use(Protocol[C]):
    """What is done with a client, in the link's thread."""

    def made(self, settings: dict[str, object]) -> C:
        """A new client."""

    def turn(self, client: C) -> None:
        """Does what there is to do, for a moment; the driver tells of problems meanwhile."""

    def end(self, client: C) -> None:
        """The client is not used any longer."""


class Link(Generic[C]):
    """The client, and what is known of its connections.

    Attributes:
        place: where its brokers are.
        title: whose it is, for the log, such as ``Kafka channel `orders```.
        failure: why there was no connection when there was none last.
        is_open: whether there is one.
        leaving: set when the client is not wanted any longer.
        client: the client, once it is made.
    """

    def __init__(self, place: Place, title: str, client: str, use: Use[C], more: Mapping[str, object]) -> None:
        """Takes where its brokers are; connects with ``start``.

        Args:
            place: where.
            title: whose it is.
            client: what brokers list it as.
            use: what is done with it.
            more: settings of the driver, next to those of the place.
        """
        self.place = place
        self.title = title
        self.failure = ""
        self.is_open = False
        self.leaving = Event()
        self.client: Future[C] = Future()
        self._use = use
        self._settings = {**place.settings(client), **more, "error_cb": self._hear}
        self._is_doubtful = True
        self._is_broken = False
        self._since = 0.0
        self._complaints = Complaints()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Connects."""
        self._thread = Thread(target=self._keep, name=self.title, daemon=True)
        self._thread.start()

    async def close(self, seconds: float) -> None:
        """Closes the connections once what is under way is ended, and waits for that so many seconds at most."""
        self.leaving.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, seconds)

    def trouble(self, problem: str) -> None:
        """It is connected, but cannot work."""
        self.failure = problem
        if self._complaints.is_due(monotonic()):
            about = (self.title, problem, self._complaints.said())
            logger.warning("%s cannot work: %s; it is tried again (%d earlier failures were not logged)", *about)

    def _keep(self) -> None:
        patience = Patience(AGAIN)
        while not self.leaving.is_set():
            try:
                self._live()
            except Exception as error:
                from confluent_kafka import KafkaException

                if not isinstance(error, KafkaException):
                    logger.exception("%s failed; it is tried again", self.title)
                self.failure = reason(error.args[0]) if isinstance(error, KafkaException) else "it failed here"
                self._complain()
            self.leaving.wait(patience.next(random()))  # noqa: S311 - servers must not come back all at once

    def _live(self) -> None:
        client = self._use.made(self._settings)
        self._is_doubtful, self._is_broken = True, False
        self.client.set_result(client)
        try:
            while not self.leaving.is_set() and not self._is_broken:
                if self._is_doubtful:
                    self._ask(client)
                self._use.turn(client)
                if not self.is_open:
                    self._complain()
        finally:
            self.is_open = False
            if not self.leaving.is_set():  # Another one is made
                self.client = Future()
            self._use.end(client)

    def _ask(self, client: C) -> None:
        from confluent_kafka import KafkaException

        self._is_doubtful = False
        try:
            client.list_topics(timeout=PROBE)
        except KafkaException:  # Why, the driver tells later
            if self.is_open and monotonic() - self._since > STEADY:
                self._complaints.over()
            self.is_open, self._is_doubtful = False, True
            return
        if not self.is_open:
            self.is_open, self._since = True, monotonic()
            if self._complaints.is_news():
                logger.info("%s is connected to %s", self.title, self.place.where)

    def _complain(self) -> None:
        if not self.leaving.is_set() and self._complaints.is_due(monotonic()):
            about = (self.title, self.place.where, self.failure or "it does not answer", self._complaints.said())
            logger.warning(
                "%s is not connected to %s: %s; it is tried again (%d earlier failures were not logged)", *about
            )

    def _hear(self, error: "KafkaError") -> None:
        """The driver tells of a problem, in this thread, while the client is used."""
        from confluent_kafka import KafkaError

        if error.fatal():
            self._is_broken = True
        if error.code() == KafkaError._ALL_BROKERS_DOWN:
            self._is_doubtful = True
        else:
            self.failure = reason(error)
