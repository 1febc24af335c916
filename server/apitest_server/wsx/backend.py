"""What answers the clients of WebSocket channels, and what keeps them in mind."""

from typing import NamedTuple

from apitest_server.invoke.pipeline import Pipeline
from apitest_server.security.authentication import Authentication
from apitest_server.wsx.presence import Presence
from apitest_server.wsx.taps import Taps


class Backend(NamedTuple):
    """The same for all clients.

    Attributes:
        pipeline: invokes services.
        authentication: checks credentials.
        presence: told who has a session.
        taps: what administrators watch.
        most_values: that a message may hold.
    """

    pipeline: Pipeline
    authentication: Authentication
    presence: Presence
    taps: Taps
    most_values: int
