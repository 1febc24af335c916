"""Opens file transfer: channels that hand files of directories over to services and topics."""

from hashlib import sha256

from apitest_server.cluster.bus import BUS
from apitest_server.invoke.invoker import INVOKER
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.messaging.objects import Objects
from apitest_server.odb import DATABASE
from apitest_server.outgoing.connections import OUTGOING
from apitest_server.room import Host, Room
from apitest_server.transfer.handing import PUBLISH
from apitest_server.transfer.objects import KIND, TRANSFERS, Transfers
from apitest_server.transfer.owners import Owners


def open_room(server: Host) -> Room:
    """Looks for files while the server runs."""
    have, config = server.components, server.config
    bus = have[BUS]

    def others() -> set[str] | None:
        return {peer.id for peer in bus.peers()} if bus.is_up else None

    def mark() -> str:
        return sha256(have[DATABASE].key.mark.encode("utf-8")).hexdigest()[:8]

    have[TRANSFERS] = transfers = Transfers(
        config.directory,
        have[OUTGOING],
        Owners(mark, bus.run_id, others),
        Pipeline(have[INVOKER]),
        have[PUBLISH],
        config.limits.shutdown_timeout,
    )
    return Room(kinds={KIND: lambda: Objects(transfers)}, start=transfers.start, close=transfers.close)
