"""The AMQP object that a service is asked about, by ID or by name."""

from apitest_server.errors import BadRequest, NotFound
from apitest_server.internal.crud import ObjectType, find
from apitest_server.odb.live import LIVE
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server


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
    raise NotFound(f"There is no {object_type.title} with name `{given.name}`")
