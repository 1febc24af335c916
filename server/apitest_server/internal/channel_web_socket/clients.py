"""Clients of WebSocket channels: listed, talked to and disconnected, whichever server they are connected to."""

from apitest_server.errors import InputError
from apitest_server.internal.crud.field_types import LARGEST_ID, Between, OneOf
from apitest_server.internal.crud.paging import LARGEST, page, searched
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Bool, DateTime, Float, Int, List, Text
from apitest_server.wsx.cluster import CLUSTER
from apitest_server.wsx.listing import SORTED_BY, Wanted
from apitest_server.wsx.web_sockets import WEB_SOCKETS

CHANNEL = Between("id", -LARGEST_ID - 1, LARGEST_ID)
TIMEOUT = 5.0  # seconds
_LONGEST = 3600.0
_COUNTED = tuple(Int(name) for name in ("bytes_in", "bytes_out", "messages_in", "messages_out", "unsent_bytes"))


class GetConnectionList(Service):
    """Lists who is connected to WebSocket channels, on all servers, by page; of one channel where its ID is given.

    ``ext_client_id`` leaves those that a client with this ID has, ``query`` those that its words are found in,
    ``pub_client_id`` the one connection with this ID, ``pub_client_ids`` those with these.
    """

    name = "zato.channel.web-socket.get-connection-list"

    class SimpleIO:
        """Times are in UTC; figures of connections to other servers are as they were some seconds ago."""

        input_optional = (
            CHANNEL, Text("ext_client_id"), Text("pub_client_id"), List("pub_client_ids"), Text("query"),
            OneOf("sort_by", *SORTED_BY), OneOf("sort_order", "asc", "desc"), Int("cur_page"), Int("page_size"),
            Bool("paginate"), Int("cluster_id"),
        )  # fmt: skip
        output_required = (
            "pub_client_id", Text("ext_client_id"), "ext_client_name", Int("channel_id"), "channel_name", "username",
            "peer_address", "peer_fqdn", "local_address", "server_name", Int("server_proc_pid"),
            DateTime("connection_time"), DateTime("last_activity"), *_COUNTED,
        )  # fmt: skip

    def handle(self) -> None:
        """On which page they are is in the response's ``meta``."""
        given = self.request.input
        wanted = page(given)
        rows, total = self.server.components[CLUSTER].connections(
            Wanted(
                channel=given.id,
                client_id=given.ext_client_id or None,
                connections=_ids(given.pub_client_id, given.pub_client_ids),
                words=tuple(searched(given).split()),
                sorted_by=given.sort_by or "connection_time",
                is_descending=given.sort_order == "desc",
                offset=wanted.start,
                limit=wanted.size,
            )
        )
        self.response.payload[:] = rows
        self.response.meta = wanted.meta(total)


def _ids(one: str | None, several: list[object] | None) -> tuple[str, ...] | None:
    if one:
        return (one,)
    if several is None:
        return None
    if len(several) > LARGEST:
        raise InputError("pub_client_ids", f"must have at most {LARGEST} elements")
    return tuple(map(str, several))


class InvokeWSX(Service):
    """Sends a request to one client of a WebSocket channel, and returns what it answers."""

    name = "zato.channel.web-socket.invoke-wsx"

    class SimpleIO:
        """The ID of the connection, the request, which can be anything, and how many seconds it may take."""

        input_required = (Text("pub_client_id"), AsIs("request_data"))
        input_optional = (CHANNEL, Float("timeout", default=TIMEOUT), Int("cluster_id"))
        output_required = (AsIs("response_data"),)

    async def handle(self) -> None:
        """504 if there is no answer in time."""
        given = self.request.input
        if not 0 < given.timeout <= _LONGEST:
            raise InputError("timeout", f"must be a number of seconds above 0, at most {_LONGEST:g}")
        cluster = self.server.components[CLUSTER]
        answer = await cluster.invoke(given.pub_client_id, given.request_data, given.timeout)
        self.response.payload = {"response_data": answer}


class DisconnectConnection(Service):
    """Closes one connection to a WebSocket channel; the client gets a Close frame."""

    name = "zato.channel.web-socket.disconnect-connection"

    class SimpleIO:
        """The ID of the connection."""

        input_required = (Text("pub_client_id"),)
        input_optional = (CHANNEL, Int("cluster_id"))
        output_required = ("pub_client_id",)

    async def handle(self) -> None:
        """Answers once it is gone, and all that it took up."""
        connection = self.request.input.pub_client_id
        await self.server.components[CLUSTER].disconnect(connection)
        self.response.payload = {"pub_client_id": connection}


class Broadcast(Service):
    """Sends a request to all clients of a WebSocket channel that have a session; their answers are not waited for."""

    name = "zato.channel.web-socket.broadcast"

    class SimpleIO:
        """The channel's ID and the request, which can be anything; how many clients it was sent to.

        ``here_only`` leaves out the clients of other servers.
        """

        input_required = (CHANNEL, AsIs("request_data"))
        input_optional = (Bool("here_only", default=False), Int("cluster_id"))
        output_required = (Int("id"), Int("clients"))

    async def handle(self) -> None:
        """On the event loop, where clients are."""
        given, have = self.request.input, self.server.components
        if given.here_only:
            clients = have[WEB_SOCKETS].broadcast(given.id, given.request_data)
        else:
            clients = await have[CLUSTER].broadcast(given.id, given.request_data)
        self.response.payload = {"id": given.id, "clients": clients}
