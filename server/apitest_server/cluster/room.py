"""Opens the bus between the servers of one ODB."""

from apitest_server.cluster.bus import BUS, Bus
from apitest_server.cluster.calling import fingerprint
from apitest_server.cluster.neighbours import NEIGHBOURS, Neighbours
from apitest_server.cluster.objects import SHARED, SharedObjects
from apitest_server.cluster.passes import PASSES, Passes
from apitest_server.cluster.runs import address_of
from apitest_server.odb import DATABASE
from apitest_server.odb.live import LIVE
from apitest_server.room import Host, Room


def open_room(server: Host) -> Room:
    """Tells other servers of the ODB, and hears of them, while this server runs."""
    have, config = server.components, server.config
    main, certificate = config.main, config.tls.certificate
    known_by = fingerprint(config.directory / certificate) if certificate else ""
    have[BUS] = bus = Bus(have[DATABASE], main.name, address_of(main.host, main.port, bool(known_by)), known_by)
    have[PASSES] = passes = Passes(have[DATABASE].key, bus.run_id, bus.now)
    have[NEIGHBOURS] = Neighbours(passes)
    have[SHARED] = shared = SharedObjects(bus, have[DATABASE], have[LIVE])

    def close() -> None:
        bus.close()
        shared.close()

    return Room(start=bus.start, close=close)
