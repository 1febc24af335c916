"""Clients of WebSocket channels, talked to."""

from apitest_server.internal.crud.object_type import LARGEST_ID, Between
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Int
from apitest_server.wsx.web_sockets import WEB_SOCKETS


class Broadcast(Service):
    """Sends a request to all clients of a WebSocket channel that have a session; their answers are not waited for."""

    name = "zato.channel.web-socket.broadcast"

    class SimpleIO:
        """The channel's ID and the request, which can be anything; how many clients it was sent to."""

        input_required = (Between("id", -LARGEST_ID - 1, LARGEST_ID), AsIs("request_data"))
        input_optional = (Int("cluster_id"),)
        output_required = (Int("id"), Int("clients"))

    async def handle(self) -> None:
        """On the event loop, where clients are."""
        given = self.request.input
        clients = self.server.components[WEB_SOCKETS].broadcast(given.id, given.request_data)
        self.response.payload = {"id": given.id, "clients": clients}
