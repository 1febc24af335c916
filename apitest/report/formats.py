"""The formats of reports: each is a module of this room with a function `opened`, and a line in `FORMATS`."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module

from apitest.errors import UsageError
from apitest.events import Listener
from apitest.report.target import Target

Opener = Callable[[Target], AbstractContextManager[Listener]]
"""Opens a report: the listener takes the events of a run, and the report is complete when the context ends."""

FORMATS = {
    "terminal": "apitest.report.terminal",
    "jsonl": "apitest.report.jsonl",
}
"""By name, the module of a format, imported when a run asks for it."""


def opener(name: str) -> Opener:
    """What opens a report of this format.

    Raises:
        UsageError: there is no such format.
    """
    if name not in FORMATS:
        raise UsageError(f'There is no report format "{name}"', fix=f"Choose one of {', '.join(sorted(FORMATS))}")
    opened: Opener = import_module(FORMATS[name]).opened
    return opened
