"""A project's own Python that ends the process while one runs: that ends the run instead, and is told like any error.

Else nobody would know which step it was, and `os._exit(0)` would look like a run in which all was well.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


class ProcessEnded(SystemExit):
    """Something called `os._exit`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self._told = f"os._exit({status}) would have ended the whole run"

    def __str__(self) -> str:
        return self._told


@contextmanager
def told() -> Iterator[None]:
    """For as long as this lasts, `os._exit` raises ProcessEnded; a copy of this process ends as it would.

    In another thread, from where the run cannot be ended in order, it does end the process, and never with status 0.
    """
    end, process = os._exit, os.getpid()

    def ended(status: int) -> NoReturn:
        if os.getpid() != process:
            end(status)
        if threading.current_thread() is threading.main_thread():
            raise ProcessEnded(status)
        for stream in filter(None, (sys.__stdout__, sys.__stderr__)):  # not those that capture what steps print
            stream.flush()
        name = threading.current_thread().name
        text = f"The run is not complete: os._exit({status}) in the thread {name} has ended it"
        print(text, file=sys.__stderr__, flush=True)
        end(status or 1)

    os._exit = ended
    try:
        yield
    finally:
        os._exit = end
