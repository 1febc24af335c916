"""Opens WebSocket channels."""

from apitest_server.invoke.invoker import INVOKER
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.room import Host, Room
from apitest_server.security.authentication import AUTHENTICATION
from apitest_server.security.objects import SECURITY
from apitest_server.wsx.channels import Channels
from apitest_server.wsx.client import Backend
from apitest_server.wsx.objects import WebSocketObjects
from apitest_server.wsx.web_sockets import WEB_SOCKETS, WebSockets

KIND = "channel.web-socket"


def open_room(server: Host) -> Room:
    """Serves the channels of server.conf and of the ODB."""
    have, config = server.components, server.config
    backend = Backend(Pipeline(have[INVOKER]), have[AUTHENTICATION])
    channels = Channels(config.websocket)
    web_sockets = WebSockets(channels, backend, config.limits.write_timeout, config.main.host)
    have[WEB_SOCKETS] = web_sockets
    return Room(
        kinds={KIND: lambda: WebSocketObjects(web_sockets, have[SECURITY])},
        start=web_sockets.start,
        close=web_sockets.close,
    )
