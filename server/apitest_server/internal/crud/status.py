"""What a channel or an outgoing connection is doing, on the server that answers."""

from typing import Any

from apitest_server.components import Key
from apitest_server.errors import BadRequest, NotFound
from apitest_server.internal.crud.changes import find
from apitest_server.internal.crud.connections import connection_of, reason_of_absence
from apitest_server.internal.crud.object_type import ObjectType
from apitest_server.odb.live import LIVE
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Bool, Int

BY_ID_OR_NAME = (Int("id"), "name", Int("cluster_id"))


def named(server: Server, object_type: ObjectType, given: Attrs) -> tuple[int, str]:
    """ID and name of the object whose ``id`` or ``name`` was given.

    Raises:
        BadRequest: none of the two was.
        NotFound: there is no such object.
    """
    if given.id is not None:
        item = find(server, object_type, given.id)
        return item.id, item.name
    if not given.name:
        raise BadRequest("One of the input fields `id` and `name` is required")
    for item in server.components[LIVE].of_kind(object_type.name):
        if item.name == given.name:
            return item.id, item.name
    raise NotFound(f"There is no {object_type.within} with name `{given.name}`")


class ChannelStatus(Service):
    """Returns what a channel is doing, and what has become of its messages.

    Attributes:
        object_type: the type of the channels.
        key: of what has them, by their IDs.
    """

    object_type: ObjectType
    key: Key[Any]

    class SimpleIO:
        """By ID or by name; messages are counted since the channel was created or changed, or the server started."""

        input_optional = BY_ID_OR_NAME
        output_required = (Bool("is_connected"), "last_problem", Int("handled"), Int("skipped"), Int("retried"))

    async def handle(self) -> None:
        """Why it is not connected, if it is not; 404 where it is not active, 503 where its driver is missing."""
        number, name = named(self.server, self.object_type, self.request.input)
        channel = self.server.components[self.key].channels.get(number)
        if channel is None:
            raise reason_of_absence(self.server, self.object_type, name)
        self.response.payload = channel.status()


class ConnectionStatus(Service):
    """Returns what an outgoing connection is doing.

    Attributes:
        object_type: the type of the connections.
    """

    object_type: ObjectType

    class SimpleIO:
        """By ID or by name; ``in_flight`` messages are not confirmed yet."""

        input_optional = BY_ID_OR_NAME
        output_required = (Bool("is_connected"), "last_problem", Int("in_flight"))

    async def handle(self) -> None:
        """Why it is not connected, if it is not; 404 where it is not active, 503 where its driver is missing."""
        self.response.payload = connection_of(self.server, self.object_type, self.request.input).status()
