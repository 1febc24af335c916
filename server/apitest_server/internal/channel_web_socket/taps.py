"""Wire taps: the frames of a WebSocket connection or channel, watched by an administrator while they pass."""

from apitest_server.errors import InputError, NotFound
from apitest_server.internal.channel_web_socket.clients import CHANNEL
from apitest_server.internal.crud.object_type import Between
from apitest_server.service.base import Service
from apitest_server.service.elements import DictList, Float, Int, Text
from apitest_server.wsx.web_sockets import WEB_SOCKETS

_SIZE = 1000
_LONGEST = 30.0  # seconds


class StartTap(Service):
    """Watches the frames of one WebSocket connection, or of all connections to a channel, to this server.

    It ends when it is stopped, or was not read for a minute.
    """

    name = "zato.channel.web-socket.start-tap"

    class SimpleIO:
        """The ID of the connection, or that of the channel; so many frames are kept until they are read."""

        input_optional = (Text("pub_client_id"), CHANNEL, Between("size", 1, 10_000, default=_SIZE), Int("cluster_id"))
        output_required = ("tap_id",)

    async def handle(self) -> None:
        """404 if there is nothing of that ID here."""
        given, web_sockets = self.request.input, self.server.components[WEB_SOCKETS]
        connection = given.pub_client_id or ""
        if bool(connection) == (given.id is not None):
            raise InputError("pub_client_id", "or `id` must be given, and not both")
        if connection and web_sockets.find(connection) is None:
            raise NotFound(f"There is no WebSocket connection with ID {connection} to this server")
        if given.id is not None and web_sockets.channels.get(given.id) is None:
            raise NotFound(f"There is no active WebSocket channel with ID {given.id}")
        self.response.payload = {"tap_id": web_sockets.taps.start(given.id, connection, given.size).id}


class ReadTap(Service):
    """Returns the frames that a tap has seen since it was read last, without the secrets in them."""

    name = "zato.channel.web-socket.read-tap"

    class SimpleIO:
        """``timeout`` is how many seconds to wait for a frame; ``dropped`` is how many there was no room for.

        A frame has ``time``, ``pub_client_id``, ``direction`` (``in``, ``out``), ``kind``, ``size`` and ``data``.
        """

        input_required = ("tap_id",)
        input_optional = (Float("timeout", default=0.0), Int("cluster_id"))
        output_required = (DictList("frames"), Int("dropped"))

    async def handle(self) -> None:
        """404 if there is no such tap any more."""
        given = self.request.input
        if not 0 <= given.timeout <= _LONGEST:
            raise InputError("timeout", f"must be a number of seconds from 0 to {_LONGEST:g}")
        frames, dropped = await self.server.components[WEB_SOCKETS].taps.read(given.tap_id, given.timeout)
        self.response.payload = {"frames": [frame._asdict() for frame in frames], "dropped": dropped}


class StopTap(Service):
    """Stops watching."""

    name = "zato.channel.web-socket.stop-tap"

    class SimpleIO:
        """The tap's ID."""

        input_required = ("tap_id",)
        input_optional = (Int("cluster_id"),)
        output_required = ("tap_id",)

    async def handle(self) -> None:
        """404 if there is no such tap any more."""
        number = self.request.input.tap_id
        self.server.components[WEB_SOCKETS].taps.stop(number)
        self.response.payload = {"tap_id": number}
