"""Opens WebSocket channels."""

from apitest_server.invoke.pipeline import Pipeline
from apitest_server.room import Host, Room
from apitest_server.wsx.channels import Channels
from apitest_server.wsx.client import Backend
from apitest_server.wsx.objects import WebSocketObjects
from apitest_server.wsx.web_sockets import WebSockets

KIND = "channel.web-socket"


def open_room(server: Host) -> Room:
    """Serves the channels of server.conf and of the ODB."""
    have, config = server.components, server.config
    backend = Backend(Pipeline(have.invoker), have.authentication)
    channels = Channels(config.websocket)
    web_sockets = WebSockets(channels, backend, config.limits.write_timeout, config.main.host)
    have.web_sockets = web_sockets
    return Room(
        kinds={KIND: lambda: WebSocketObjects(web_sockets, have.security)},
        start=web_sockets.start,
        close=web_sockets.close,
    )
