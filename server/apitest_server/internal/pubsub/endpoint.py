"""Endpoints of publish/subscribe: who may publish and subscribe to which topics."""

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import Field, Lines, ObjectType, OneOf, Reference, check_service
from apitest_server.odb.live import LIVE
from apitest_server.security.objects import SECURITY
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text
from apitest_server.wsx.objects import declared
from apitest_server.wsx.web_sockets import WEB_SOCKETS

KIND = "pubsub.endpoint"
_BELONGS_TO = {"rest": "security_id", "wsx": "ws_channel_id", "service": "service_name"}
_ALIASES = {"srv": "service", "websockets": "wsx"}


def _validate(server: Server, fields: Attrs, number: int) -> None:
    own = _BELONGS_TO[fields.endpoint_type]
    if not fields[own]:
        raise InputError(own, f"is needed by an endpoint of the type {fields.endpoint_type}")
    for other in _BELONGS_TO.values():
        if other != own and fields[other]:
            raise InputError(other, f"must not be given for an endpoint of the type {fields.endpoint_type}")
    for item in server.components[LIVE].of_kind(KIND):
        if item.id != number and item.fields.get(own) == fields[own]:
            raise InputError(own, f"is that of the endpoint `{item.name}` already")
    _must_exist(server, fields)


def _must_exist(server: Server, fields: Attrs) -> None:
    """What the ODB does not look after: what server.conf declares, and services."""
    components = server.components
    security = {row["id"] for row in components[SECURITY].declared("security.basic-auth")}
    if fields.security_id < 0 and fields.security_id not in security:
        raise InputError("security_id", f"is not the ID of a Basic Auth definition: {fields.security_id}")
    channels = {row["id"] for row in declared(components[WEB_SOCKETS].channels)}
    if fields.ws_channel_id < 0 and fields.ws_channel_id not in channels:
        raise InputError("ws_channel_id", f"is not the ID of a WebSocket channel: {fields.ws_channel_id}")
    if fields.service_name:
        check_service(server, fields, "service_name")


ENDPOINT = ObjectType(
    name="pubsub.endpoint",
    title="Endpoint",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(OneOf("endpoint_type", *_BELONGS_TO, aliases=_ALIASES), filters=True),
        Field(OneOf("role", "pub-sub", "pub", "sub"), filters=True),
        Field(Lines("topic_patterns", default=""), searched=True, about="One a line, such as pub=/orders/* or sub=/**"),
        Field(
            Reference("security_id", declared=True),
            refers_to=("security.basic-auth",),
            about="Of an endpoint of the type rest",
        ),
        Field(
            Reference("ws_channel_id", declared=True),
            refers_to=("channel.web-socket",),
            about="Of an endpoint of the type wsx",
        ),
        Field(Text("service_name", default=""), searched=True, about="Of an endpoint of the type service"),
        Field(Text("tags", default=""), searched=True),
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(
    ENDPOINT,
    __name__,
    {
        "create": "Creates an endpoint; its permissions count at once.",
        "delete": "Deletes an endpoint and its subscriptions.",
    },
)
