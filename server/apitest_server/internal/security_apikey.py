"""Security definitions: API keys. The key is the definition's password; ``header`` is what carries it."""

from apitest_server.internal.crud import Field, HeaderName, Kind, provide
from apitest_server.service.elements import Bool, Text

API_KEY = Kind(
    name="security.apikey",
    title="API key definition",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("username", default=""), searched=True),
        Field(HeaderName("header", default="X-API-Key"), searched=True),
        Field(Bool("for_outgoing", default=False)),
        Field(Text("password"), stored="hashed", random=True),
    ),
    space="security",
    readable="for_outgoing",
    declared=lambda server: server.facility("security").declared("security.apikey"),
)
provide(API_KEY, globals())
