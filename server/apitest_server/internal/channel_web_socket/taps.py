"""Wire taps: the frames of a WebSocket connection or channel, watched by an administrator while they pass."""

from apitest_server.errors import InputError, NotFound
from apitest_server.internal.channel_web_socket.clients import CHANNEL
from apitest_server.internal.crud.field_types import Between
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, DictList, Float, Int, Text
from apitest_server.wsx.cluster import CLUSTER
from apitest_server.wsx.watches import WATCHES
from apitest_server.wsx.web_sockets import WEB_SOCKETS

HERE_ONLY = Bool("here_only", default=False)
_SIZE = 1000
_LONGEST = 30.0  # seconds


class StartTap(Service):
    """Watches the frames of one WebSocket connection, or of all connections to a channel, on all servers.

    It ends when it is stopped, or was not read for a minute.
    """

    name = "zato.channel.web-socket.start-tap"

    class SimpleIO:
        """The ID of the connection, or that of the channel; of each server so many frames are kept to be read.

        ``here_only`` leaves out what is connected to other servers; such a tap can be read and stopped here only.
        """

        input_optional = (
            Text("pub_client_id"), CHANNEL, Between("size", 1, 10_000, default=_SIZE), HERE_ONLY, Int("cluster_id"),
        )  # fmt: skip
        output_required = ("tap_id",)

    async def handle(self) -> None:
        """404 if there is nothing of that ID here."""
        given, web_sockets = self.request.input, self.server.components[WEB_SOCKETS]
        connection = given.pub_client_id or ""
        if bool(connection) == (given.id is not None):
            raise InputError("pub_client_id", "or `id` must be given, and not both")
        is_elsewhere = bool(connection) and web_sockets.find(connection) is None
        if is_elsewhere and given.here_only:
            raise NotFound(f"There is no WebSocket connection with ID {connection} to this server")
        if given.id is not None and web_sockets.channels.get(given.id) is None:
            raise NotFound(f"There is no active WebSocket channel with ID {given.id}")
        if given.here_only:
            number = web_sockets.taps.start(given.id, connection, given.size).id
        else:
            run_id = await self.server.components[CLUSTER].run_of(connection) if is_elsewhere else ""
            watches = self.server.components[WATCHES]
            number = await watches.start(given.id, connection, given.size, run_id)
        self.response.payload = {"tap_id": number}


class ReadTap(Service):
    """Returns the frames that a tap has seen since it was read last, without the secrets in them."""

    name = "zato.channel.web-socket.read-tap"

    class SimpleIO:
        """``timeout`` is how many seconds to wait for a frame; ``dropped`` is how many there was no room for.

        A frame has ``time``, ``pub_client_id``, ``direction`` (``in``, ``out``), ``kind``, ``size`` and ``data``.
        """

        input_required = (Text("tap_id"),)
        input_optional = (Float("timeout", default=0.0), HERE_ONLY, Int("cluster_id"))
        output_required = (DictList("frames"), Int("dropped"))

    async def handle(self) -> None:
        """404 if there is no such tap any more."""
        given, have = self.request.input, self.server.components
        if not 0 <= given.timeout <= _LONGEST:
            raise InputError("timeout", f"must be a number of seconds from 0 to {_LONGEST:g}")
        taps = have[WEB_SOCKETS].taps if given.here_only else have[WATCHES]
        frames, dropped = await taps.read(given.tap_id, given.timeout)
        self.response.payload = {"frames": [frame._asdict() for frame in frames], "dropped": dropped}


class StopTap(Service):
    """Stops watching."""

    name = "zato.channel.web-socket.stop-tap"

    class SimpleIO:
        """The tap's ID."""

        input_required = (Text("tap_id"),)
        input_optional = (HERE_ONLY, Int("cluster_id"))
        output_required = ("tap_id",)

    async def handle(self) -> None:
        """404 if there is no such tap any more."""
        given, have = self.request.input, self.server.components
        if given.here_only:
            have[WEB_SOCKETS].taps.stop(given.tap_id)
        else:
            await have[WATCHES].stop(given.tap_id)
        self.response.payload = {"tap_id": given.tap_id}
