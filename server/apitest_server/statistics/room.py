"""Opens the statistics: all calls are counted, and those that somebody wants to look at are kept."""

from apitest_server.deploy.settings import SAMPLING
from apitest_server.invoke.invoker import INVOKER
from apitest_server.odb import DATABASE
from apitest_server.room import Host, Room
from apitest_server.statistics.collector import Collector
from apitest_server.statistics.keeper import KEEPER, Keeper
from apitest_server.statistics.samples import SAMPLES, Samples


def open_room(server: Host) -> Room:
    """Observes the calls of services."""
    have = server.components
    collector, samples = Collector(), Samples()
    have[INVOKER].observers += [collector, samples]
    have[SAMPLES] = have[SAMPLING] = samples
    have[KEEPER] = keeper = Keeper(collector, have[DATABASE], server.name)
    return Room(start=keeper.start, close=keeper.close)
