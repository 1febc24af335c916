"""What channels and connections of a technology are given by the server."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from apitest_server.invoke.invoker import INVOKER
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.outgoing.audited import RECORDER, Recorder
from apitest_server.room import Host


class Means(NamedTuple):
    """What they work with.

    Attributes:
        pipeline: calls services.
        server: returns the server's name.
        patience: seconds that what is under way may take when a channel or a connection ends.
        directory: of the server, where relative paths begin.
        record: takes note of what connections send.
    """

    pipeline: Pipeline
    server: Callable[[], str]
    patience: float
    directory: Path
    record: Recorder


def means_of(host: Host) -> Means:
    """Those that a server gives."""
    have, config = host.components, host.config
    pipeline = Pipeline(have[INVOKER])
    return Means(pipeline, lambda: host.name, config.limits.shutdown_timeout, config.directory, have[RECORDER])
