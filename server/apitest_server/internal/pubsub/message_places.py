"""Messages where they are: in a topic or in one queue, with guaranteed delivery (``gd``) or without."""

from apitest_server.errors import NotFound
from apitest_server.internal.pubsub._named import CLUSTER, LISTED, OPTIONAL, PLACED, TOPIC, PubSubService, told
from apitest_server.internal.pubsub.endpoint_queues import place_row
from apitest_server.internal.pubsub.message import CHANGED, changes
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.places import Place
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.service.elements import AsIs, Text


class _Placed(PubSubService):
    gd: bool

    async def message(self) -> Message:
        """The message of the input.

        Raises:
            NotFound: it is not there any more, or is of the other kind.
        """
        found = await self.contents.message(self.given["msg_id"])
        if found.has_gd != self.gd:
            kind = "with" if found.has_gd else "without"
            raise NotFound(f"The message `{found.msg_id}` is one {kind} guaranteed delivery")
        return found

    async def message_of_topic(self) -> Message:
        """The same, in the topic of the input.

        Raises:
            NotFound: it is not there.
        """
        topic, found = self.topic(), await self.message()
        if found.topic_id != topic.id:
            raise NotFound(f"The message `{found.msg_id}` is not in the topic `{topic.name}`")
        return found

    async def place(self) -> tuple[Subscription, Place]:
        """The message in the queue of the subscription of the input.

        Raises:
            NotFound: it is not there.
        """
        one = await self.broker.subscription(self.given["sub_key"])
        message = await self.message()
        place = await self.contents.in_queue(one, message.msg_id)
        if place is None:
            raise NotFound(f"The message `{message.msg_id}` is not in the queue of `{one.sub_key}`")
        return one, place


class _GetFromTopic(_Placed):
    class SimpleIO:
        """The topic by ID or name."""

        input_required = (Text("msg_id"),)
        input_optional = (*TOPIC, CLUSTER)
        output_required = LISTED
        output_optional = OPTIONAL

    async def handle(self) -> None:
        """404 where it is not there."""
        self.response.payload = told(await self.message_of_topic())


class _GetFromQueue(_Placed):
    class SimpleIO:
        """The queue by the key of its subscription."""

        input_required = (Text("msg_id"), "sub_key")
        input_optional = (CLUSTER,)
        output_required = (*LISTED, *PLACED)
        output_optional = OPTIONAL

    async def handle(self) -> None:
        """It stays there; 404 where it is not."""
        self.response.payload = place_row((await self.place())[1])


class _Update(_Placed):
    class SimpleIO:
        """What is not given stays; an expiration counts from now, in milliseconds."""

        input_required = (Text("msg_id"),)
        input_optional = (*(AsIs(name) for name in CHANGED), CLUSTER)
        output_required = LISTED
        output_optional = OPTIONAL

    async def handle(self) -> None:
        """Returns what it has become; 404 where it is not there any more."""
        given = changes(self.given)
        self.response.payload = told(await self.contents.change(await self.message(), given))


class _TopicDelete(_Placed):
    class SimpleIO:
        """The topic by ID or name."""

        input_required = (Text("msg_id"),)
        input_optional = (*TOPIC, CLUSTER)
        output_required = ("msg_id",)

    async def handle(self) -> None:
        """404 where it is not there."""
        message = await self.message_of_topic()
        await self.contents.delete([message.msg_id])
        self.response.payload = {"msg_id": message.msg_id}


class _QueueDelete(_Placed):
    class SimpleIO:
        """The queue by the key of its subscription."""

        input_required = (Text("msg_id"), "sub_key")
        input_optional = (CLUSTER,)
        output_required = ("msg_id", "sub_key")

    async def handle(self) -> None:
        """Other subscribers get it still; 404 where it is not there."""
        one, place = await self.place()
        await self.contents.delete_from_queue(one, [place.message.msg_id])
        self.response.payload = {"msg_id": place.message.msg_id, "sub_key": one.sub_key}


class GetFromTopicGD(_GetFromTopic):
    """A message with guaranteed delivery that a topic holds."""

    name = "zato.pubsub.message.get-from-topic-gd"
    gd = True


class GetFromTopicNonGD(_GetFromTopic):
    """A message without guaranteed delivery that a topic holds."""

    name = "zato.pubsub.message.get-from-topic-non-gd"
    gd = False


class GetFromQueueGD(_GetFromQueue):
    """A message with guaranteed delivery that waits for one subscriber, as the subscriber would get it."""

    name = "zato.pubsub.message.get-from-queue-gd"
    gd = True


class GetFromQueueNonGD(_GetFromQueue):
    """A message without guaranteed delivery that waits for one subscriber, as the subscriber would get it."""

    name = "zato.pubsub.message.get-from-queue-non-gd"
    gd = False


class UpdateGD(_Update):
    """Changes a message with guaranteed delivery for all who have still to get it."""

    name = "zato.pubsub.message.update-gd"
    gd = True


class UpdateNonGD(_Update):
    """Changes a message without guaranteed delivery for all who have still to get it."""

    name = "zato.pubsub.message.update-non-gd"
    gd = False


class TopicDeleteGD(_TopicDelete):
    """Deletes a message with guaranteed delivery from its topic, whoever waits for it."""

    name = "zato.pubsub.message.topic-delete-gd"
    gd = True


class TopicDeleteNonGD(_TopicDelete):
    """Deletes a message without guaranteed delivery from its topic, whoever waits for it."""

    name = "zato.pubsub.message.topic-delete-non-gd"
    gd = False


class QueueDeleteGD(_QueueDelete):
    """Takes a message with guaranteed delivery out of the queue of one subscriber."""

    name = "zato.pubsub.message.queue-delete-gd"
    gd = True


class QueueDeleteNonGD(_QueueDelete):
    """Takes a message without guaranteed delivery out of the queue of one subscriber."""

    name = "zato.pubsub.message.queue-delete-non-gd"
    gd = False
