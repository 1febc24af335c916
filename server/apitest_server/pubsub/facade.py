"""``self.pubsub``: publish/subscribe as services use it."""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any, TypeVar

from apitest_server.errors import NotFound
from apitest_server.pubsub.broker import Broker
from apitest_server.pubsub.message import publication
from apitest_server.pubsub.taking import taken

T = TypeVar("T")
MOST = 1000  # messages that one call returns


class PubSub:
    """Publishes and reads in the name of a service, which may use all topics.

    In a plain service each method returns its result; in an ``async`` one it returns what has to be awaited.
    """

    def __init__(self, broker: Broker, service: str) -> None:
        """Takes the broker and the service's name."""
        self._broker = broker
        self._service = service

    def publish(self, topic_name: str, data: object = None, **options: object) -> Any:
        """Publishes a message and returns its ID; with guaranteed delivery it is on disk by then.

        Args:
            topic_name: the topic.
            data: any value that JSON can hold.
            options: ``has_gd``, ``priority`` (1 to 9), ``expiration`` (ms), ``mime_type``, ``correl_id``,
                ``in_reply_to`` and ``ext_client_id``.

        Raises:
            BadRequest: an option is wrong.
            NotFound: there is no such topic.
            ServiceUnavailable: the topic is full or stopped, or the ODB cannot be written.
        """
        return self._run(self._broker.publish(topic_name, publication({**options, "data": data}), self._service))

    def subscribe(self, topic_name: str, endpoint_name: str) -> Any:
        """Subscribes an endpoint to a topic and returns the key of the subscription.

        Raises:
            NotFound: there is no such topic or endpoint.
            Forbidden: the endpoint may not subscribe to it.
        """
        return self._run(self._subscribe(topic_name, endpoint_name))

    def unsubscribe(self, sub_key: str) -> bool | Awaitable[bool]:
        """Ends a subscription; whether there was one."""
        return self._run(self._unsubscribe(sub_key))

    def get_messages(self, topic_name: str, sub_key: str, limit: int = MOST) -> Any:
        """Takes what waits for a subscription out of its queue, as dictionaries.

        Raises:
            NotFound: there is no such topic, or it has no such subscription.
        """
        return self._run(self._get_messages(topic_name, sub_key, limit))

    async def _subscribe(self, topic_name: str, endpoint_name: str) -> str:
        subscribed = await self._broker.subscribe(self._broker.endpoints.named(endpoint_name), topic_name)
        return subscribed.sub_key

    async def _unsubscribe(self, sub_key: str) -> bool:
        return bool(await self._broker.unsubscribe(sub_key))

    async def _get_messages(self, topic_name: str, sub_key: str, limit: int) -> list[dict[str, object]]:
        subscription = await self._broker.subscription(sub_key)
        if subscription.topic_id != self._broker.topics.named(topic_name).id:
            raise NotFound(f"The subscription `{sub_key}` is not to the topic `{topic_name}`")
        messages = await taken(self._broker, sub_key, limit)
        await self._broker.confirm(sub_key, [message.msg_id for message in messages])
        return [message.external() for message in messages]

    def _run(self, coroutine: Coroutine[object, object, T]) -> T | Coroutine[object, object, T]:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return self._broker.wait(coroutine)
        return coroutine
