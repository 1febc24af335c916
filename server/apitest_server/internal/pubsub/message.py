"""Messages: read, changed and deleted, wherever they are; and why one was not delivered."""

from collections.abc import Mapping

from apitest_server.errors import InputError
from apitest_server.internal.pubsub._named import CLUSTER, LISTED, OPTIONAL, SUBSCRIPTION_ROW, PubSubService, told
from apitest_server.pubsub.message import Publication, publication
from apitest_server.service.elements import AsIs, Bool, Int

CHANGED = ("data", "priority", "expiration", "mime_type")


def changes(given: Mapping[str, object]) -> dict[str, object]:
    """What a caller changes of a message, checked.

    Raises:
        BadRequest: nothing is changed, or to what a message cannot have.
    """
    wanted = {name: given[name] for name in CHANGED if given.get(name) is not None}
    if not wanted:
        raise InputError("data", "is missing; or change `priority`, `expiration` or `mime_type`")
    checked: Publication = publication({"data": "", **wanted})
    return {name: getattr(checked, name) for name in wanted}


class Get(PubSubService):
    """A message, wherever it is."""

    name = "zato.pubsub.message.get"

    class SimpleIO:
        """By its ID."""

        input_required = ("msg_id",)
        input_optional = (CLUSTER,)
        output_required = LISTED
        output_optional = OPTIONAL

    async def handle(self) -> None:
        """404 where it is not there any more."""
        self.response.payload = told(await self.contents.message(self.given["msg_id"]))


class Update(PubSubService):
    """Changes a message for all who have still to get it."""

    name = "zato.pubsub.message.update"

    class SimpleIO:
        """What is not given stays; an expiration counts from now, in milliseconds."""

        input_required = ("msg_id",)
        input_optional = (*(AsIs(name) for name in CHANGED), CLUSTER)
        output_required = LISTED
        output_optional = OPTIONAL

    async def handle(self) -> None:
        """Returns what it has become; 404 where it is not there any more."""
        given = changes(self.given)
        message = await self.contents.message(self.given["msg_id"])
        self.response.payload = told(await self.contents.change(message, given))


class Delete(PubSubService):
    """Deletes a message, whoever waits for it."""

    name = "zato.pubsub.message.delete"

    class SimpleIO:
        """By its ID."""

        input_required = ("msg_id",)
        input_optional = (CLUSTER,)
        output_required = ("msg_id",)

    async def handle(self) -> None:
        """404 where it is not there any more."""
        message = await self.contents.message(self.given["msg_id"])
        await self.contents.delete([message.msg_id])
        self.response.payload = {"msg_id": message.msg_id}


class Why(PubSubService):
    """Why a message was not delivered to a subscriber: what has become of it, and the reason in words."""

    name = "zato.pubsub.message.why"

    class SimpleIO:
        """``state`` is delivered, delivering, waiting, held back, expired, not for it, dead letter, or gone."""

        input_required = ("msg_id", "sub_key")
        input_optional = (CLUSTER,)
        output_required = ("state", "reason")

    async def handle(self) -> None:
        """404 where there is no such subscription."""
        state, reason = await self.contents.why(self.given["msg_id"], self.given["sub_key"])
        self.response.payload = {"state": state, "reason": reason}


class GetSubscriberList(PubSubService):
    """Who has still to get a message."""

    name = "zato.pubsub.message.get-subscriber-list"

    class SimpleIO:
        """By the message's ID; how often each was sent it, and whether that is going on now."""

        input_required = ("msg_id",)
        input_optional = (CLUSTER,)
        output_required = (*SUBSCRIPTION_ROW, Int("delivery_count"), Bool("is_in_delivery"))

    async def handle(self) -> None:
        """404 where the message is not there any more."""
        message = await self.contents.message(self.given["msg_id"])
        rows = []
        for one in self.broker.subscriptions.where(lambda one: one.topic_id == message.topic_id):
            place = await self.contents.in_queue(one, message.msg_id)
            if place is not None:
                sent = {"delivery_count": place.message.delivery_count, "is_in_delivery": place.is_claimed}
                rows.append({**self.row(one), **sent})
        self.response.payload[:] = rows
