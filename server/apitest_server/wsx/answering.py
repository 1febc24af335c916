"""Calls of clients that are being answered, and what has to wait until they are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class _Call:
    def __init__(self, caller: object) -> None:
        self.caller = caller
        self.rest: list[Callable[[], None]] | None = []  # Until it is answered


_current: ContextVar[_Call | None] = ContextVar("call", default=None)


@contextmanager
def answering(caller: object) -> Iterator[None]:
    """A call of somebody is being answered in this context, and in those that are begun from it."""
    call = _Call(caller)
    _current.set(call)
    try:
        yield
    finally:
        rest, call.rest = call.rest or (), None
        for work in rest:
            work()


def afterwards(caller: object, work: Callable[[], None]) -> None:
    """Does something once a call of somebody is answered; at once in a context where none is."""
    call = _current.get()
    if call is None or call.caller is not caller or call.rest is None:
        work()
    else:
        call.rest.append(work)
