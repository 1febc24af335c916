"""Messages: read, changed and deleted, wherever they are; and why one was not delivered."""

from collections.abc import Mapping

from apitest_server.errors import InputError, NotFound
from apitest_server.internal.pubsub._elsewhere import HERE_ONLY, OfMessage, elsewhere
from apitest_server.internal.pubsub._named import CLUSTER, LISTED, OPTIONAL, SUBSCRIPTION_ROW, PubSubService, told
from apitest_server.pubsub.message import Publication, publication
from apitest_server.service.elements import AsIs, Bool, Int, Text

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


class Get(OfMessage):
    """A message, wherever it is."""

    name = "zato.pubsub.message.get"

    class SimpleIO:
        """By its ID."""

        input_required = (Text("msg_id"),)
        input_optional = (HERE_ONLY, CLUSTER)
        output_required = LISTED
        output_optional = OPTIONAL

    async def here(self) -> dict[str, object]:
        """The message."""
        return told(await self.contents.message(self.given["msg_id"]))


class Update(OfMessage):
    """Changes a message for all who have still to get it."""

    name = "zato.pubsub.message.update"

    class SimpleIO:
        """What is not given stays; an expiration counts from now, in milliseconds."""

        input_required = (Text("msg_id"),)
        input_optional = (*(AsIs(name) for name in CHANGED), HERE_ONLY, CLUSTER)
        output_required = LISTED
        output_optional = OPTIONAL

    async def here(self) -> dict[str, object]:
        """What it has become."""
        given = changes(self.given)
        message = await self.contents.message(self.given["msg_id"])
        return told(await self.contents.change(message, given))


class Delete(OfMessage):
    """Deletes a message, whoever waits for it."""

    name = "zato.pubsub.message.delete"

    class SimpleIO:
        """By its ID."""

        input_required = (Text("msg_id"),)
        input_optional = (HERE_ONLY, CLUSTER)
        output_required = ("msg_id",)

    async def here(self) -> dict[str, object]:
        """Its ID."""
        message = await self.contents.message(self.given["msg_id"])
        await self.contents.delete([message.msg_id])
        return {"msg_id": message.msg_id}


class Why(PubSubService):
    """Why a message was not delivered to a subscriber: what has become of it, and the reason in words."""

    name = "zato.pubsub.message.why"

    class SimpleIO:
        """``state`` is delivered, delivering, waiting, held back, expired, not for it, dead letter, or gone."""

        input_required = (Text("msg_id"), "sub_key")
        input_optional = (HERE_ONLY, CLUSTER)
        output_required = ("state", "reason")

    async def handle(self) -> None:
        """404 where there is no such subscription, or ``here_only`` and this server knows nothing of the message."""
        given = {"msg_id": self.given["msg_id"], "sub_key": self.given["sub_key"]}
        state, reason = await self.contents.why(**given)
        if state == "gone" and self.given["here_only"]:
            raise NotFound(reason)
        found = await elsewhere(self.server, self.name, given) if state == "gone" else None
        self.response.payload = found or {"state": state, "reason": reason}


class GetSubscriberList(PubSubService):
    """Who has still to get a message."""

    name = "zato.pubsub.message.get-subscriber-list"

    class SimpleIO:
        """By the message's ID; how often each was sent it, and whether that is going on now."""

        input_required = (Text("msg_id"),)
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
