"""Opens WebSocket channels, and outgoing WSX connections."""

from apitest_server.cluster.bus import BUS
from apitest_server.cluster.neighbours import NEIGHBOURS
from apitest_server.invoke.invoker import INVOKER
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.odb.database import DATABASE
from apitest_server.outgoing.connections import OUTGOING
from apitest_server.room import Host, Room
from apitest_server.security.authentication import AUTHENTICATION
from apitest_server.security.objects import SECURITY
from apitest_server.wsx.backend import Backend
from apitest_server.wsx.channels import Channels
from apitest_server.wsx.cluster import CLUSTER, Cluster
from apitest_server.wsx.feed import FEED, Feed
from apitest_server.wsx.fqdn import Names
from apitest_server.wsx.objects import WebSocketObjects
from apitest_server.wsx.outgoing_objects import OutgoingWSX, OutgoingWSXObjects
from apitest_server.wsx.presence import FOLLOWERS, Presence
from apitest_server.wsx.roll import Roll
from apitest_server.wsx.taps import Taps
from apitest_server.wsx.watches import WATCHES, Watches
from apitest_server.wsx.web_sockets import WEB_SOCKETS, WebSockets

KIND = "channel.web-socket"
OUTGOING_KIND = "outgoing.wsx"


def open_room(server: Host) -> Room:
    """Serves the channels of server.conf and of the ODB, and connects to where the ODB's connections lead."""
    have, config = server.components, server.config
    roll = Roll(have[DATABASE], have[BUS])
    pipeline, most_values = Pipeline(have[INVOKER]), config.limits.body_values
    presence = Presence(roll, Names(), have[FOLLOWERS])
    backend = Backend(pipeline, have[AUTHENTICATION], presence, Taps(), most_values)
    channels = Channels(config.websocket)
    web_sockets = WebSockets(channels, backend, config.limits.write_timeout, config.main.host)
    have[WEB_SOCKETS] = web_sockets
    have[CLUSTER] = Cluster(web_sockets, roll, have[DATABASE], have[BUS], have[NEIGHBOURS])
    have[FEED] = feed = Feed(roll, have[DATABASE])
    have[WATCHES] = watches = Watches(web_sockets.taps, have[BUS], have[NEIGHBOURS])
    outgoing = OutgoingWSX(have, lambda: server.name, config.directory)
    have[OUTGOING].add("wsx", outgoing.connections)

    def start() -> None:
        web_sockets.start()
        outgoing.start()

    async def close() -> None:
        await outgoing.finish(config.limits.shutdown_timeout)
        outgoing.close()
        watches.close()
        feed.close()
        web_sockets.close()
        roll.close()

    return Room(
        kinds={
            KIND: lambda: WebSocketObjects(web_sockets, have[SECURITY]),
            OUTGOING_KIND: lambda: OutgoingWSXObjects(outgoing),
        },
        start=start,
        close=close,
    )
