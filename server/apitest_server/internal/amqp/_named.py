"""What services of AMQP channels and outgoing connections have in common: their definitions, by name as well."""

from apitest_server.amqp.objects import DEFINITION
from apitest_server.errors import BadRequest, NotFound
from apitest_server.internal.crud import ObjectType, find
from apitest_server.internal.crud.declarations import declaration
from apitest_server.internal.crud.services import ObjectService
from apitest_server.odb.live import LIVE
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Text

NAME_OF_DEFINITION = "def_name"


class Listed(ObjectService):
    """A service that returns objects: what clients look for is in their rows as well."""

    extra: tuple[str, ...] = (NAME_OF_DEFINITION,)

    def __init_subclass__(cls) -> None:
        """Declares it."""
        super().__init_subclass__()
        if "object_type" in vars(cls):
            declared = declaration(cls.object_type, cls.verb)
            declared.output_optional += tuple(map(Text, cls.extra))
            cls.SimpleIO = declared

    def handle(self) -> None:
        """The rows of the kind, with the names."""
        super().handle()
        names = {item.id: item.name for item in self.server.components[LIVE].of_kind(DEFINITION)}
        rows = self.response.payload if isinstance(self.response.payload, list) else [self.response.payload]
        for row in rows:
            row[NAME_OF_DEFINITION] = names.get(row["def_id"], "")
            if "service_name" in self.extra:
                row["service_name"] = row["service"]


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
