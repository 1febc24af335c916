"""Outgoing WSX connections: to other servers of this kind, and to any WebSocket server."""

from typing import Any
from urllib.parse import urlsplit

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal._generic_wsx import GENERIC, HOOKS
from apitest_server.internal.crud import (
    VERIFIED,
    Between,
    Field,
    ObjectType,
    Reference,
    Seconds,
    check_service,
    connection_of,
)
from apitest_server.security.objects import SECURITY
from apitest_server.security.types import kinds_for_messages
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Bool, DictList, Int, Text
from apitest_server.wsx.outgoing import WSXConnection
from apitest_server.wsx.remote import topics_of

SECURITY_KINDS = kinds_for_messages(outgoing=True)
_LONGEST = 24 * 3600  # seconds
_LARGEST = 1024**3  # bytes
_MOST_TOPICS = 1000


class Topics(Text):
    """The names of topics, one a line."""

    def parse(self, value: Any) -> str:
        """The names, each once."""
        topics = topics_of("\n".join(map(str, value)) if isinstance(value, list) else super().parse(value))
        for topic in topics:
            if not topic.startswith("/") or any(not char.isprintable() or char == " " for char in topic):
                raise ValueError(f"must have names such as /customer/new, one a line, and not `{topic[:100]}`")
        if len(topics) > _MOST_TOPICS:
            raise ValueError(f"must not have more than {_MOST_TOPICS} lines")
        return "\n".join(topics)


def _validate(server: Server, fields: Attrs, number: int) -> None:
    _check_address(fields.address)
    _check_security(server, fields)
    for hook in HOOKS:
        if fields[hook]:
            check_service(server, fields, hook)
    if fields.subscription_list:
        if not fields.is_zato:
            raise InputError("subscription_list", "needs `is_zato`: other servers have no topics")
        if not fields.on_message_service_name:
            raise InputError("on_message_service_name", "is required with a subscription_list: it gets the messages")


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        is_address = parts.scheme in {"ws", "wss"} and parts.hostname and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or any(not char.isprintable() or char in "@# " for char in address):
        raise InputError(
            "address", "must be an address such as wss://example.com/orders, without user name and password"
        )


def _check_security(server: Server, fields: Attrs) -> None:
    number, security = fields.security_id, server.components[SECURITY]
    if not number:
        return
    if fields.username:
        raise InputError("username", "must be empty with a security_id: that says who the connection is")
    if number < 0 and number not in {row["id"] for row in security.declared()}:
        raise InputError("security_id", f"is not the ID of a security definition: {number}")
    item = security.items.get(number)
    if item is not None and item.kind != "security.jwt" and not item.fields.get("for_outgoing"):
        raise InputError(
            "security_id",
            f"names `{item.name}`, whose password the server knows only as a hash;"
            " edit it with `for_outgoing` true and its password",
        )


WSX = ObjectType(
    name="outgoing.wsx",
    title="Outgoing WSX connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("address"), required=True, searched=True, about="Such as ws://example.com:17010/orders"),
        Field(Bool("is_zato", default=True), about="Off for any other WebSocket server"),
        Field(Text("username", default="")),
        Field(Text("secret"), stored="encrypted"),
        Field(Reference("security_id", declared=True), refers_to=SECURITY_KINDS),
        Field(Topics("subscription_list", default=""), searched=True),
        Field(Text("on_connect_service_name", default="")),
        Field(Text("on_message_service_name", default="")),
        Field(Text("on_close_service_name", default="")),
        Field(Between("pool_size", 1, 200, default=1)),
        Field(Seconds("connect_timeout", _LONGEST, default=10.0), about="In seconds"),
        Field(Seconds("timeout", _LONGEST, default=10.0), about="In seconds"),
        Field(Seconds("max_reconnect_delay", _LONGEST, default=30.0), about="In seconds"),
        Field(Seconds("ping_interval", _LONGEST, default=30.0), about="In seconds"),
        Field(Between("pings_missed_threshold", 1, 1_000_000, default=5)),
        Field(Between("max_message_size", 1, _LARGEST, default=1024 * 1024), about="In bytes"),
        *VERIFIED,
    ),
    validate=_validate,
    generic=GENERIC,
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(
    WSX,
    __name__,
    {
        "create": "Creates an outgoing WSX connection; it connects at once.",
        "delete": "Deletes an outgoing WSX connection; it is closed at once.",
        "change-password": "Changes the secret of an outgoing WSX connection, and connects anew, at once.",
    },
)


class Ping(Service):
    """Asks the remote end of a connection whether it is there."""

    name = "zato.outgoing.wsx.ping"

    class SimpleIO:
        """By ID or by name."""

        input_optional = (Int("id"), "name", Int("cluster_id"))
        output_required = (Bool("is_success"), "info")

    async def handle(self) -> None:
        """503 where it is away, and why; 504 where it does not answer."""
        connection: WSXConnection = connection_of(self.server, WSX, self.request.input)
        seconds = await connection.ping(connection.remote.timeout)
        info = f"{connection.remote.where} answered in {seconds * 1000:.0f} ms"
        self.response.payload = {"is_success": True, "info": info}


class GetStatus(Service):
    """Returns what the WebSockets of a connection are doing, on the server that answers."""

    name = "zato.outgoing.wsx.get-status"

    class SimpleIO:
        """By ID or by name.

        Of each WebSocket its ``client_id``, whether it ``is_connected``, its ``last_problem``, how many calls are
        ``in_flight``, and ``subscriptions``: topic -> key, of the one that subscribes.
        """

        input_optional = (Int("id"), "name", Int("cluster_id"))
        output_required = (Bool("is_connected"), DictList("connections"))

    async def handle(self) -> None:
        """It is connected if one of them is."""
        connection: WSXConnection = connection_of(self.server, WSX, self.request.input)
        found = connection.status()
        self.response.payload = {"is_connected": any(one["is_connected"] for one in found), "connections": found}
