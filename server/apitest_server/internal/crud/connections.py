"""Outgoing connections that services of a type ask for: the one that input names, and whether it leads anywhere."""

from time import perf_counter
from typing import Any

from apitest_server.errors import BadRequest, HTTPError, NotFound
from apitest_server.internal.crud.changes import find
from apitest_server.internal.crud.object_type import ObjectType
from apitest_server.odb.live import LIVE
from apitest_server.outgoing.connections import CACHES, CLOUDS, DEFINITIONS, EMAILS, OUTGOING, SEARCHES, Outgoing
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Bool, Int

_FAMILIES = {
    "outgoing": OUTGOING,
    "email": EMAILS,
    "definition": DEFINITIONS,
    "security": OUTGOING,
    "cache": CACHES,
    "cloud": CLOUDS,
    "search": SEARCHES,
}


def connection_of(server: Server, object_type: ObjectType, given: Attrs) -> Any:
    """The connection with the ``id`` or the ``name`` that was given; ``outgoing.sql`` is in ``self.out.sql``.

    Raises:
        HTTPError: none of the two was given, or there is none that is active, or it cannot be used.
    """
    name = find(server, object_type, given.id).name if given.id is not None else given.name
    if not name:
        raise BadRequest("One of the input fields `id` and `name` is required")
    family, *technology = object_type.name.split(".")
    connections: Any = server.components[_FAMILIES[family]]
    for word in technology:
        if isinstance(connections, Outgoing):
            connections = getattr(connections, word.replace("-", "_"))
    if name not in connections:
        raise reason_of_absence(server, object_type, name)
    return connections[name]


def reason_of_absence(server: Server, object_type: ObjectType, name: str) -> HTTPError:
    """Why an object is not in effect: one that is active could not be used when the server started."""
    live = server.components[LIVE]
    try:
        for item in live.of_kind(object_type.name):
            if item.name == name and item.fields.get("is_active", True):
                live.check(item)
    except HTTPError as error:
        return error
    return NotFound(f"There is no active {object_type.within} `{name}`")


class Ping(Service):
    """Asks the remote end of a connection whether it is there.

    Attributes:
        object_type: the type of the connections.
    """

    object_type: ObjectType

    class SimpleIO:
        """By ID or by name."""

        input_optional = (Int("id"), "name", Int("cluster_id"))
        output_required = (Bool("is_success"), "info")

    def handle(self) -> None:
        """503 where it does not answer, and why."""
        connection = connection_of(self.server, self.object_type, self.request.input)
        started = perf_counter()
        where = self.asked(connection)
        took = (perf_counter() - started) * 1000
        self.response.payload = {"is_success": True, "info": f"{where} answered in {took:.0f} ms"}

    def asked(self, connection: Any) -> str:
        """Where the remote end is, which has answered."""
        return str(connection.ping())
