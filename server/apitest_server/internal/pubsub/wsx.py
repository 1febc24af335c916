"""Subscriptions of clients of WebSocket channels, made over their own connections, through a gateway service."""

from typing import Any

from apitest_server.errors import BadRequest, Forbidden
from apitest_server.pubsub.clients import CLIENTS
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Bool, Int, Text
from apitest_server.wsx.client import current_client


def connection() -> str:
    """The ID of the connection that a service is called over.

    Raises:
        BadRequest: it is called in another way.
    """
    client = current_client.get()
    if client is None:
        raise BadRequest("Only clients of WebSocket channels can call this service, over their own connection")
    return client.id


class SubscribeWSX(Service):
    """Subscribes the WebSocket client that calls it to a topic; messages come over its connection.

    A client that has an ID keeps its subscription when it disconnects, and gets what has come when it is back.
    """

    name = "zato.pubsub.pubapi.subscribe-wsx"

    class SimpleIO:
        """With ``wrap_one_msg_in_list`` a delivery is always a list, also of one message."""

        input_required = ("topic_name",)
        input_optional = (Bool("wrap_one_msg_in_list", default=False),)
        output_required = ("sub_key", Int("queue_depth"))

    async def handle(self) -> None:
        """Subscribing again gives the same subscription; ``queue_depth`` is how many messages wait for it."""
        given = self.request.input
        clients = self.server.components[CLIENTS]
        found = await clients.subscribe(connection(), given.topic_name, given.wrap_one_msg_in_list)
        self.response.payload = {"sub_key": found.sub_key, "queue_depth": found.queue_depth}


class Unsubscribe(Service):
    """Ends a subscription of the WebSocket client that calls it; what waits for it is dropped."""

    name = "zato.pubsub.pubapi.unsubscribe"

    class SimpleIO:
        """The topic, or the key of the subscription."""

        input_optional = (Text("topic_name"), Text("sub_key"))

    async def handle(self) -> None:
        """Good, too, if there is no such subscription."""
        given = self.request.input
        topic_name, sub_key = given.topic_name or "", given.sub_key or ""
        if bool(topic_name) == bool(sub_key):
            raise BadRequest("Give either `topic_name` or `sub_key`")
        await self.server.components[CLIENTS].unsubscribe(connection(), topic_name, sub_key)


class ResumeWSXSubscription(Service):
    """Delivers to the WebSocket client that calls it what waits for a subscription of its own.

    It does so by itself when a client with an ID signs in; clients that ask for it themselves do no harm.
    """

    name = "zato.pubsub.resume-wsx-subscription"

    class SimpleIO:
        """The key of the subscription; ``queue_depth`` is how many messages wait for it."""

        input_required = ("sub_key",)
        output_required = ("sub_key", Int("queue_depth"))

    async def handle(self) -> None:
        """403 for a subscription of somebody else."""
        found = await self.server.components[CLIENTS].resume(connection(), self.request.input.sub_key)
        self.response.payload = {"sub_key": found.sub_key, "queue_depth": found.queue_depth}


class WebSocketsPubSubGateway(Service):
    """Invokes for clients of a WebSocket channel the services that ``[pubsub] wsx_gateway_service_allowed`` names."""

    name = "helpers.web-sockets-pub-sub-gateway"

    class SimpleIO:
        """The service's name, and its input; its response is returned as it is."""

        input_required = ("service",)
        input_optional = (AsIs("request"),)

    async def handle(self) -> Any:
        """Any other service is refused, whether there is one of this name or not."""
        service = self.request.input.service
        if service not in self.server.components[CLIENTS].gateway_services:
            self.logger.warning("`%s` is not in [pubsub] wsx_gateway_service_allowed of server.conf", service)
            raise Forbidden
        return await self.invoke(service, self.request.input.request)
