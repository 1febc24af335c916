"""What has become of a message that nobody waits for an answer of."""

from typing import NamedTuple


class Outcome(NamedTuple):
    """Whether its service has succeeded.

    Attributes:
        status: of the call, as an HTTP status code.
        problem: why the service failed, if it did.
        cid: of the call.
    """

    status: int
    problem: str
    cid: str
