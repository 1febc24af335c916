"""What a service declares as its input and output, described for whoever makes forms of it."""

from apitest_server.deploy.store import STORE
from apitest_server.internal.crud.description import described
from apitest_server.internal.crud.object_type import Field
from apitest_server.internal.service._found import ID_OR_NAME, found
from apitest_server.redaction import is_secret
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, Element, List
from apitest_server.service.simpleio import Fields


class GetSimpleIO(Service):
    """The fields that a service takes and returns."""

    name = "zato.service.get-simple-io"

    class SimpleIO:
        """By ID or by name; a service that declares nothing takes and returns anything."""

        input_optional = ID_OR_NAME
        output_required = ("name", Bool("is_declared"), List("input"), List("output"))

    def handle(self) -> None:
        """Each with its JSON Schema, its default, and whether it is required."""
        service = found(self.server, self.request.input)
        io = self.server.components[STORE].get(service.name).io
        self.response.payload = {
            "name": service.name,
            "is_declared": io is not None,
            "input": _described(io.input) if io else [],
            "output": _described(io.output) if io else [],
        }


def _described(fields: Fields) -> list[dict[str, object]]:
    return [_told(one, one in fields.required) for one in fields.elements]


def _told(element: Element, required: bool) -> dict[str, object]:
    """A service does not say of a field that it is secret: its name tells, as in the log."""
    secret = is_secret(element.name) and element.schema.get("type") == "string"
    return {**described(Field(element, required=required)), "secret": secret}
