"""Messages of publish/subscribe that have words in them, whatever their topic."""

from apitest_server.internal.pubsub._named import LISTED, MESSAGES, OPTIONAL, TOPIC, PubSubService
from apitest_server.service.elements import Bool


class Search(PubSubService):
    """Searches the data of messages, and their IDs, publishers, correlation IDs and clients' IDs; the latest first."""

    name = "zato.pubsub.message.search"

    class SimpleIO:
        """All words of ``query`` have to be in a message; of all topics, or of one."""

        input_optional = (*TOPIC, Bool("has_gd", default=True), *MESSAGES)
        output_required = LISTED
        output_optional = OPTIONAL

    async def handle(self) -> None:
        """Those that somebody has still to get; with guaranteed delivery, else those in the memory of this server."""
        topics = [self.topic()] if self.is_named("topic") else None
        wanted, cut = self.cut()
        messages, total = await self.contents.with_words(topics, self.given["has_gd"], cut)
        self.show(messages, wanted, total)
