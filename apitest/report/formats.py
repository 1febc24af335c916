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
    "beside": "apitest.report.beside",
    "jsonl": "apitest.report.jsonl",
}
"""By name, the module of a format, imported when a run asks for it."""


def opener(name: str) -> Opener:
    """What opens a report of this format.

    Raises:
        UsageError: the format does not exist.
    """
    if name not in FORMATS:
        raise UsageError(f'Unknown report format "{name}"', fix=f"Use one of {', '.join(sorted(FORMATS))}")
    opened: Opener = import_module(FORMATS[name]).opened
    return opened
