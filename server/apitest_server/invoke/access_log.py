"""The access log: one line for each message that was answered."""

import logging
from time import perf_counter
from typing import NamedTuple

access = logging.getLogger("apitest.access")
# In this order: the formatters of process/log.py name the arguments of a record by their position.
_LINE = "cid=%s method=%s path=%s service=%s status=%d ms=%.3f remote=%s user=%s"


class Origin(NamedTuple):
    """Where a message came from.

    Attributes:
        method: of HTTP, or the kind of the message.
        path: the address that it came in on, without the query string.
        remote: the caller's address.
    """

    method: str
    path: str
    remote: str


def log_access(cid: str, origin: Origin, service: str, status: int, started: float, user: str) -> None:
    """Writes the line; ``started`` is what ``perf_counter`` said when the message came in."""
    if access.isEnabledFor(logging.INFO):
        took = (perf_counter() - started) * 1000
        method, path, remote = origin
        access.info(_LINE, cid, method, path, service or "-", status, took, remote, user or "-")
