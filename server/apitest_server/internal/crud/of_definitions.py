"""Objects that refer to a definition: services that list them tell its name as well."""

from apitest_server.internal.crud.declarations import declaration
from apitest_server.internal.crud.services import ObjectService
from apitest_server.odb.live import LIVE
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
        [kind] = next(field.refers_to for field in self.object_type.fields if field.name == "def_id")
        names = {item.id: item.name for item in self.server.components[LIVE].of_kind(kind)}
        rows = self.response.payload if isinstance(self.response.payload, list) else [self.response.payload]
        for row in rows:
            row[NAME_OF_DEFINITION] = names.get(row["def_id"], "")
            if "service_name" in self.extra:
                row["service_name"] = row["service"]
