"""WebSocket channels: created, changed and deleted, started and stopped."""

from apitest_server.config import kinds
from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.channel_web_socket._addresses import Addressed
from apitest_server.internal.crud import (
    AUDIT_FIELDS,
    Between,
    Field,
    ObjectType,
    Reference,
    Seconds,
    ServiceName,
    check_service,
)
from apitest_server.security.objects import SECURITY
from apitest_server.security.types import BY_NAME, kinds_for_messages
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text
from apitest_server.wsx.objects import declared
from apitest_server.wsx.web_sockets import WEB_SOCKETS

SECURITY_KINDS = kinds_for_messages()
_LONGEST = 100 * 24 * 3600  # seconds
_LARGEST = 1024**3  # bytes


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if not fields.url_path.startswith("/"):
        raise InputError("url_path", "must start with /")
    if any(not char.isprintable() or char in "?# " for char in fields.url_path):
        raise InputError("url_path", "must be a path without a query string, and without spaces")
    if fields.url_path.startswith("/zato/"):
        raise InputError("url_path", "must not start with /zato/, which is reserved for the server")
    check_service(server, fields)
    try:
        kinds.origins(fields.origins)
    except ValueError as error:
        raise InputError("origins", str(error)) from None
    declared_ones = server.components[SECURITY].declared()
    known = {row["id"] for row in declared_ones if BY_NAME[row["type"]].kind in SECURITY_KINDS}
    if fields.security_id < 0 and fields.security_id not in known:
        raise InputError("security_id", f"is not the ID of a security definition: {fields.security_id}")


WEB_SOCKET = ObjectType(
    name="channel.web-socket",
    title="WebSocket channel",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(ServiceName(), required=True, searched=True),
        Field(Text("url_path", default="/"), searched=True),
        Field(Between("port", 0, 65535, default=0), about="0: that of the server"),
        Field(Text("host", default="")),
        Field(Reference("security_id", declared=True), refers_to=SECURITY_KINDS),
        Field(Seconds("token_ttl", _LONGEST, default=3600.0), about="In seconds"),
        Field(Seconds("new_token_wait_time", _LONGEST, default=5.0), about="In seconds"),
        Field(Seconds("ping_interval", _LONGEST, default=30.0), about="In seconds"),
        Field(Between("pings_missed_threshold", 1, 1_000_000, default=5)),
        Field(Between("max_message_size", 1, _LARGEST, default=1024 * 1024), about="In bytes"),
        Field(Between("max_connections", 1, 1_000_000, default=16_384)),
        Field(Between("max_connections_per_address", 1, 1_000_000, default=12_288)),
        Field(Between("max_messages_per_second", 1, 10_000_000, default=10_000)),
        Field(Bool("compression", default=False)),
        Field(Text("origins", default="")),
        *AUDIT_FIELDS,
    ),
    validate=_validate,
    declared=lambda server: declared(server.components[WEB_SOCKETS].channels),
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(
    WEB_SOCKET,
    __name__,
    {
        "create": "Creates a WebSocket channel; clients can connect at once.",
        "edit": "Changes the given fields of {one}; clients stay where its address and its security do.",
        "delete": "Deletes a WebSocket channel; its clients are disconnected.",
    },
    Addressed,
)


class Start(crud.Switch):
    """Serves a WebSocket channel again that was stopped."""

    name = "zato.channel.web-socket.start"
    object_type = WEB_SOCKET
    is_active = True


class Stop(crud.Switch):
    """Stops a WebSocket channel until it is started again; its clients are disconnected."""

    name = "zato.channel.web-socket.stop"
    object_type = WEB_SOCKET
    is_active = False
