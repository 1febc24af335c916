"""Security definitions: HTTP Basic Auth."""

from apitest_server.internal.crud import Field, Kind, provide
from apitest_server.service.elements import Bool, Text

BASIC_AUTH = Kind(
    name="security.basic-auth",
    title="Basic Auth definition",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("username"), required=True, searched=True),
        Field(Text("realm", default="apitest")),
        Field(Bool("for_outgoing", default=False)),
        Field(Text("password"), stored="hashed", random=True),
    ),
    space="security",
    readable="for_outgoing",
    declared=lambda server: server.facility("security").declared("security.basic-auth"),
)
provide(BASIC_AUTH, globals())
