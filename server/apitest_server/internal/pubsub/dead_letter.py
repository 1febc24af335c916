"""Dead letters: messages that were pushed to a subscriber as often as they may be, and never arrived."""

from apitest_server.errors import NotFound
from apitest_server.internal.crud.paging import page
from apitest_server.internal.pubsub._named import CLUSTER, LISTED, OPTIONAL, PAGE, PubSubService, told
from apitest_server.pubsub.message import iso
from apitest_server.pubsub.places import Place
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.service.elements import Int, Text


class _OfQueue(PubSubService):
    async def chosen(self) -> tuple[Subscription, list[str]]:
        """A queue, and the IDs of its dead letters, or of the one that the input names.

        Raises:
            NotFound: there is no such subscription, or it has no such dead letter.
        """
        one, wanted = await self.broker.subscription(self.given["sub_key"]), self.given.get("msg_id")
        found = [place.message.msg_id for place in await self.contents.dead_letters(one)]
        if wanted and wanted not in found:
            raise NotFound(f"The subscription `{one.sub_key}` has no dead letter `{wanted}`")
        return one, [wanted] if wanted else found


class GetList(PubSubService):
    """The dead letters of a queue, why each did not arrive the last time, and when it was given up."""

    name = "zato.pubsub.dead-letter.get-list"

    class SimpleIO:
        """By the key of the subscription."""

        input_required = ("sub_key",)
        input_optional = PAGE
        output_required = (*LISTED, "dead_since_iso", "problem")
        output_optional = OPTIONAL

    async def handle(self) -> None:
        """In the order in which they would have been delivered. 404 where there is no such subscription."""
        wanted, one = page(self.given), await self.broker.subscription(self.given["sub_key"])
        found = await self.contents.dead_letters(one)
        self.response.payload[:] = [_row(place) for place in wanted.cut(found)]
        self.response.meta = wanted.meta(len(found))


class Retry(_OfQueue):
    """Puts dead letters back into their places in the queue, with as many attempts as new messages have."""

    name = "zato.pubsub.dead-letter.retry"

    class SimpleIO:
        """All of a queue, or the one that ``msg_id`` names."""

        input_required = ("sub_key",)
        input_optional = (Text("msg_id"), CLUSTER)
        output_required = ("sub_key", Int("retried"))

    async def handle(self) -> None:
        """Returns how many there were; 404 where there is no such subscription or dead letter."""
        one, msg_ids = await self.chosen()
        self.response.payload = {"sub_key": one.sub_key, "retried": await self.contents.retry(one, msg_ids)}


class Delete(_OfQueue):
    """Deletes dead letters; other subscribers get these messages still."""

    name = "zato.pubsub.dead-letter.delete"

    class SimpleIO:
        """All of a queue, or the one that ``msg_id`` names."""

        input_required = ("sub_key",)
        input_optional = (Text("msg_id"), CLUSTER)
        output_required = ("sub_key", Int("deleted"))

    async def handle(self) -> None:
        """Returns how many there were; 404 where there is no such subscription or dead letter."""
        one, msg_ids = await self.chosen()
        deleted = await self.contents.delete_from_queue(one, msg_ids)
        self.response.payload = {"sub_key": one.sub_key, "deleted": deleted}


def _row(place: Place) -> dict[str, object]:
    since = "" if place.dead_since is None else iso(place.dead_since)
    return {**told(place.message), "dead_since_iso": since, "problem": place.problem}
