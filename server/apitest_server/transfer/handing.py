"""Hands a file over to services and topics, one after the other."""

from collections.abc import Awaitable, Callable

from apitest_server.components import Key
from apitest_server.errors import HTTPError
from apitest_server.invoke.current import current_cid
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.transfer.delivery import FileDelivery
from apitest_server.transfer.document import Document

Publish = Callable[[str, object, str], Awaitable[object]]  # a topic's name, the data, and who publishes
PUBLISH: Key[Publish] = Key("what publishes to topics")


class Hands:
    """To whom the files of a channel go."""

    def __init__(
        self, channel: str, services: tuple[str, ...], topics: tuple[str, ...], pipeline: Pipeline, publish: Publish
    ) -> None:
        self._channel = channel
        self._services = services
        self._topics = topics
        self._pipeline = pipeline
        self._publish = publish

    async def give(self, source: str, document: Document) -> str:
        """Calls each service, then publishes to each topic; returns why one has failed, or an empty text.

        Args:
            source: where the file comes from, for the log.
            document: the file.
        """
        for service in self._services:
            current_cid.set("")  # Not that of the file before
            outcome = await self._pipeline.answer(FileDelivery(self._channel, service, source, document))
            if outcome is not None and outcome.problem:
                return f"service {service} failed: {outcome.problem} (cid {outcome.cid})"
        for topic in self._topics:
            data = document["data"] if document["has_raw_data"] else document
            if isinstance(data, bytes):
                return f"it is not text in the channel's encoding, which the topic {topic} needs"
            try:
                await self._publish(topic, data, self._channel)
            except HTTPError as error:
                return f"it cannot be published to {topic}: {error}"
        return ""
