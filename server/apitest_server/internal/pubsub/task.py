"""Delivery tasks: each pushes messages to one subscriber that is connected to this server."""

import os

from apitest_server.errors import NotFound
from apitest_server.internal.crud.paging import page, searched
from apitest_server.internal.pubsub._named import CLUSTER, LISTED, OPTIONAL, PAGE, SUBSCRIPTION_ROW, PubSubService, told
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.service.elements import Int, Text

_TASK = (
    *SUBSCRIPTION_ROW, Int("current_depth_gd"), Int("current_depth_non_gd"), Int("delivered"), Int("failures"),
    "problem", "server_name", Int("server_proc_pid"),
)  # fmt: skip


class _Tasks(PubSubService):
    async def tasks(self) -> list[Subscription]:
        """The subscriptions that this server pushes to, in the order in which they were made."""
        await self.broker.ready()
        return self.broker.subscriptions.where(lambda one: one.sub_key in self.broker.pushers)

    async def task(self) -> Subscription:
        """The one of the input.

        Raises:
            NotFound: there is no such task on this server.
        """
        sub_key = self.given["sub_key"]
        for one in await self.tasks():
            if one.sub_key == sub_key:
                return one
        raise NotFound(f"This server has no delivery task for `{sub_key}`: its subscriber is not connected to it")

    def task_row(self, one: Subscription, depths: dict[str, tuple[int, int]]) -> dict[str, object]:
        """A task as services return it."""
        pusher = self.broker.pushers[one.sub_key]
        return {
            **self.queue_row(one, depths),
            "delivered": pusher.delivered,
            "failures": pusher.failures,
            "problem": pusher.problem,
            "server_name": self.server.name,
            "server_proc_pid": os.getpid(),
        }


class GetList(_Tasks):
    """The delivery tasks of this server: to whom, how many messages have arrived, what is wrong where one fails."""

    name = "zato.pubsub.task.delivery.get-list"

    class SimpleIO:
        """Those that the words of ``query`` are found in, by page."""

        input_optional = (Text("query"), *PAGE)
        output_required = _TASK

    async def handle(self) -> None:
        """On which page they are is in the response's ``meta``."""
        wanted, words = page(self.given), searched(self.given).casefold().split()
        depths = await self.contents.queue_depths()
        rows = [self.task_row(one, depths) for one in await self.tasks()]
        rows = [row for row in rows if all(word in "\n".join(map(str, row.values())).casefold() for word in words)]
        self.response.payload[:] = wanted.cut(rows)
        self.response.meta = wanted.meta(len(rows))


class Get(_Tasks):
    """One delivery task of this server."""

    name = "zato.pubsub.task.delivery.get"

    class SimpleIO:
        """By the key of its subscription."""

        input_required = ("sub_key",)
        input_optional = (CLUSTER,)
        output_required = _TASK

    async def handle(self) -> None:
        """404 where there is none."""
        one = await self.task()
        self.response.payload = self.task_row(one, await self.contents.queue_depths())


class GetMessageList(_Tasks):
    """The messages that a delivery task is sending now, and that the subscriber has not acknowledged yet."""

    name = "zato.pubsub.task.delivery.message.get-list"

    class SimpleIO:
        """By the key of the subscription."""

        input_required = ("sub_key",)
        input_optional = PAGE
        output_required = LISTED
        output_optional = OPTIONAL

    async def handle(self) -> None:
        """In the order of delivery; 404 where there is no such task."""
        wanted, one = page(self.given), await self.task()
        places = [*(await self.contents.of_queue(one, True))[0], *(await self.contents.of_queue(one, False))[0]]
        claimed = [place.message for place in places if place.is_claimed]
        claimed.sort(key=lambda message: (message.rank, message.pub_time))
        self.response.payload[:] = [told(message) for message in wanted.cut(claimed)]
        self.response.meta = wanted.meta(len(claimed))
