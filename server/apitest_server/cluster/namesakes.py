"""Servers of one ODB have different names: what they write down there is told apart by them."""

from apitest_server.cluster.bus import Bus
from apitest_server.cluster.neighbours import Neighbours
from apitest_server.cluster.runs import Run
from apitest_server.errors import HTTPError, StartError


def refuse_namesakes(bus: Bus, neighbours: Neighbours) -> None:
    """Looks for another server with the name of this one, before this one has started.

    Raises:
        StartError: there is one, and it is alive; or the ODB cannot be reached.
    """
    for run in bus.namesakes():
        if run.is_here or _answers(neighbours, run):
            raise StartError(
                f"Another server of this ODB is called `{run.server}`",
                f"{run.address}, process {run.pid} on {run.machine}",
                "Give one of them another `name` in the section [main] of server.conf",
            )


def _answers(neighbours: Neighbours, run: Run) -> bool:
    """Whether a server of another machine is alive: the ODB remembers it for a while after it was killed."""
    try:
        neighbours.call(run, "zato.ping", {})
    except HTTPError as error:
        return error.status != 503
    return True
