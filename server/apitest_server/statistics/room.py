"""Opens the statistics: all calls are counted, and those that somebody wants to look at are kept."""

from apitest_server.room import Host, Room
from apitest_server.statistics.collector import Collector
from apitest_server.statistics.keeper import Keeper
from apitest_server.statistics.samples import Samples


def open_room(server: Host) -> Room:
    """Observes the calls of services."""
    have = server.components
    collector, samples = Collector(), Samples()
    have.invoker.observers += [collector, samples]
    have.samples = samples
    keeper = have.statistics = Keeper(collector, have.odb, server.name)
    return Room(start=keeper.start, close=keeper.close)
