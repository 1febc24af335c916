"""Objects that refer to a definition: services that list them tell its name as well."""

from apitest_server.internal.crud.declarations import declaration
from apitest_server.internal.crud.field_types import Reference
from apitest_server.internal.crud.object_type import Field, ObjectType
from apitest_server.internal.crud.services import ObjectService
from apitest_server.odb.live import LIVE
from apitest_server.service.elements import Text

DEFINITION, _ITS_NAME = "def_id", "def_name"


class _Definition(Reference):
    """The ID of a definition, which an object cannot be without."""

    def __init__(self, one: str) -> None:
        """Takes what it is the ID of, for errors."""
        super().__init__(DEFINITION)
        self._one = one

    def parse(self, value: object) -> int:
        """The ID."""
        number = super().parse(value)
        if not number:
            raise ValueError(f"is required: the ID of {self._one}")
        return number


def definition(object_type: ObjectType) -> Field:
    """The field that refers to a definition, which is an object of this type."""
    return Field(_Definition(object_type.one), required=True, refers_to=(object_type.name,))


class Listed(ObjectService):
    """A service that returns objects: the name of the definition, which clients look for, is in their rows as well."""

    def __init_subclass__(cls) -> None:
        """Declares it."""
        super().__init_subclass__()
        if "object_type" in vars(cls):
            declared = declaration(cls.object_type, cls.verb)
            declared.output_optional += (Text(_ITS_NAME),)
            cls.SimpleIO = declared

    def handle(self) -> None:
        """The rows of the kind, with the name."""
        super().handle()
        [kind] = next(field.refers_to for field in self.object_type.fields if field.name == DEFINITION)
        names = {item.id: item.name for item in self.server.components[LIVE].of_kind(kind)}
        rows = self.response.payload if isinstance(self.response.payload, list) else [self.response.payload]
        for row in rows:
            row[_ITS_NAME] = names.get(row[DEFINITION], "")
