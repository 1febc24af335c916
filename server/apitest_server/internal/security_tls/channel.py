"""Security definitions: certificates that clients of channels show, known by their subjects."""

from apitest_server.internal import crud
from apitest_server.internal._named_along import rename_client
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.internal.crud.field_types import LINES
from apitest_server.security.client_certificate import parts, written
from apitest_server.service.elements import Bool, Text


class Pattern(Text):
    """What a subject needs to have."""

    schema = LINES

    def parse(self, value: object) -> str:
        """A line each."""
        return written(parts(super().parse(value)))


CHANNEL = ObjectType(
    name="security.tls.channel",
    title="Client certificate",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Pattern("value"), required=True, searched=True, about="Of its subject, all of: CN=shop-*, O=Example"),
    ),
    space="security",
    after_edit=rename_client,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(CHANNEL, __name__)
