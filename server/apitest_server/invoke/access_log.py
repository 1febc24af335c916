"""The access log: one line for each message that was answered."""

import logging
from time import perf_counter, time
from typing import NamedTuple

access = logging.getLogger("apitest.access")
# In this order: the formatters of process/log.py name the arguments of a record by their position.
_LINE = "cid=%s method=%s path=%s service=%s status=%d ms=%.3f remote=%s user=%s"
_COMMON = dict(vars(logging.LogRecord(access.name, logging.INFO, "", 0, _LINE, (), None)))


class _Record(logging.LogRecord):
    """A record of a request. All that logging finds out about where it was made takes longer than writing it down."""

    def __init__(self, args: tuple[object, ...]) -> None:
        now = time()
        self.__dict__.update(_COMMON, args=args, created=now, msecs=now % 1 * 1000)


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
        access.handle(_Record((cid, method, path, service or "-", status, took, remote, user or "-")))
