"""Subscribes an outgoing connection to its topics whenever it is open, until each was granted; and unsubscribes it."""

import asyncio
import logging
import sys
from collections.abc import Sequence

from apitest_server.errors import HTTPError
from apitest_server.invoke.backoff import Backoff
from apitest_server.invoke.patience import Patience
from apitest_server.invoke.reply import encode
from apitest_server.wsx.conversation import Conversation
from apitest_server.wsx.moments import chance
from apitest_server.wsx.remote import Remote

logger = logging.getLogger("apitest.wsx")
SUBSCRIBE = "zato.pubsub.pubapi.subscribe-wsx"
UNSUBSCRIBE = "zato.pubsub.pubapi.unsubscribe"
RETRIES = Backoff(sys.maxsize, 1, 2, 60)


class Subscriber:
    """The subscriptions of one connection. The remote end keeps them while it is away.

    Attributes:
        sub_keys: topic -> its subscription, as the remote end calls it.
    """

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._task: asyncio.Task[None] | None = None
        self._told: set[str] = set()  # Topics whose refusal was logged
        self.sub_keys: dict[str, str] = {}

    def start(self, talk: Conversation) -> None:
        """Subscribes over a connection that was opened."""
        self.stop()
        self._task = asyncio.get_running_loop().create_task(self._subscribe(talk))

    def stop(self) -> None:
        """The connection is gone."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def leave(self, talk: Conversation, topics: Sequence[str]) -> None:
        """Ends subscriptions: the remote end would keep messages for them for ever."""
        for topic in topics:
            try:
                await talk.invoke(_request(UNSUBSCRIBE, topic), self._remote.timeout)
            except HTTPError as error:
                about = (self._remote.name, topic, error)
                logger.warning("Outgoing WSX connection `%s` could not end its subscription to %s: %s", *about)

    async def _subscribe(self, talk: Conversation) -> None:
        patience, missing = Patience(RETRIES), list(self._remote.topics)
        while missing and talk.is_open:
            missing = [topic for topic in missing if not await self._is_granted(topic, talk)]
            if missing:
                await asyncio.sleep(patience.next(chance()))

    async def _is_granted(self, topic: str, talk: Conversation) -> bool:
        try:
            answer = await talk.invoke(_request(SUBSCRIBE, topic), self._remote.timeout)
        except HTTPError as error:
            if topic not in self._told:
                self._told.add(topic)
                about = (self._remote.name, topic, error)
                logger.warning("Outgoing WSX connection `%s` could not subscribe to %s, and goes on trying: %s", *about)
            return False
        self._told.discard(topic)
        if isinstance(answer, dict) and isinstance(answer.get("sub_key"), str):
            self.sub_keys[topic] = answer["sub_key"]
        logger.info("Outgoing WSX connection `%s` is subscribed to %s", self._remote.name, topic)
        return True


def _request(service: str, topic: str) -> str:
    """What the gateway of the remote end takes."""
    return encode({"service": service, "request": {"topic_name": topic}}).decode("utf-8")
