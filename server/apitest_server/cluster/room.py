"""Opens the bus between the servers of one ODB."""

from apitest_server.cluster.bus import BUS, Bus
from apitest_server.cluster.runs import address_of
from apitest_server.odb import DATABASE
from apitest_server.room import Host, Room


def open_room(server: Host) -> Room:
    """Tells other servers of the ODB, and hears of them, while this server runs."""
    main = server.config.main
    server.components[BUS] = bus = Bus(server.components[DATABASE], main.name, address_of(main.host, main.port))
    return Room(start=bus.start, close=bus.close)
