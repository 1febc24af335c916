"""Administrators: who may use the admin API."""

from apitest_server.internal.crud import Field, Kind, provide
from apitest_server.service.elements import Bool, Text

ADMINISTRATOR = Kind(
    name="security.administrator",
    title="Administrator",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("password"), stored="hashed", random=True),
    ),
)
provide(ADMINISTRATOR, globals())
