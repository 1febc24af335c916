"""What clients of WebSocket channels are subscribed to, whichever server they are connected to."""

import asyncio
from datetime import UTC, datetime

from apitest_server.errors import NotFound
from apitest_server.internal.channel_web_socket.clients import CHANNEL
from apitest_server.pubsub.broker import PUBSUB, Broker
from apitest_server.pubsub.clients import CLIENTS
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.service.base import Service
from apitest_server.service.elements import DateTime, Int, Text
from apitest_server.wsx.cluster import CLUSTER
from apitest_server.wsx.listing import Wanted


class GetSubKeyDataList(Service):
    """Lists the topics that a client of a WebSocket channel is subscribed to, in the order in which it subscribed.

    A subscription may be older than the connection, since it outlives those of a client that has an ID.
    """

    name = "zato.channel.web-socket.get-sub-key-data-list"

    class SimpleIO:
        """The ID of the connection; ``creation_time`` is when the client has subscribed, in UTC."""

        input_required = (Text("pub_client_id"),)
        input_optional = (CHANNEL, Int("cluster_id"))
        output_required = (
            "sub_key", Int("topic_id"), "topic_name", Int("endpoint_id"), "endpoint_name", DateTime("creation_time"),
        )  # fmt: skip

    async def handle(self) -> None:
        """404 if there is no such connection."""
        components, connection = self.server.components, self.request.input.pub_client_id
        broker, wanted = components[PUBSUB], Wanted(connections=(connection,))
        rows, _ = await asyncio.to_thread(components[CLUSTER].connections, wanted)
        if not rows:
            raise NotFound(f"There is no WebSocket connection with ID {connection}")
        [row] = rows
        channel, user, client_id = row["channel_id"], str(row["username"]), str(row["ext_client_id"])
        assert isinstance(channel, int)  # As in the ODB
        found = await components[CLIENTS].subscriptions(channel, user, client_id, connection)
        self.response.payload[:] = [_shown(one, broker) for one in found]


def _shown(subscription: Subscription, broker: Broker) -> dict[str, object]:
    topic = broker.topics.get(subscription.topic_id)
    endpoint = broker.endpoints.get(subscription.endpoint_id)
    return {
        "sub_key": subscription.sub_key,
        "topic_id": subscription.topic_id,
        "topic_name": topic.name if topic else "",
        "endpoint_id": subscription.endpoint_id,
        "endpoint_name": endpoint.name if endpoint else "",
        "creation_time": datetime.fromtimestamp(subscription.created, UTC),
    }
