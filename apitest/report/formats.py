"""The formats of reports: each is a module of this room with a function `opened`, and a line in `FORMATS`."""

import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from apitest.errors import UsageError
from apitest.events import Listener
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.report.target import Target

Opener = Callable[[Target], AbstractContextManager[Listener]]
"""Opens a report: the listener takes the events of a run, and the report is complete when the context ends."""


class Format(Protocol):
    """A module that writes reports.

    Attributes:
        FILE: where it writes unless it is told; empty for standard output, among what else is written there.
        wants_exchanges: whether it shows what each step sent and received.
        wants_passed: whether it shows each step that passed, and not only those of scenarios that did not.
    """

    FILE: str
    wants_exchanges: bool
    wants_passed: bool
    opened: Opener


FORMATS = {
    "allure": "apitest.report.allure",
    "github": "apitest.report.github",
    "html": "apitest.report.html.report",
    "jsonl": "apitest.report.jsonl",
    "junit": "apitest.report.junit",
    "tap": "apitest.report.tap",
}
"""By name, the module of a format that `--report` offers, imported when a run asks for it."""

_SCREEN = {
    "terminal": "apitest.report.terminal",
    "beside": "apitest.report.beside",
}
"""What stands on the terminal: the report, or what is told beside a formatter of behave's."""


class Asked(NamedTuple):
    """A report that the command line asks for, and the file or directory that it goes to; None for standard output."""

    name: str
    path: Path | None


def named(name: str) -> Format:
    """The module of a format.

    Raises:
        UsageError: the format does not exist.
    """
    modules = FORMATS | _SCREEN
    if name not in modules:
        near = near_misses(name, FORMATS)
        fix = did_you_mean(near) if near else f"Use one of {', '.join(sorted(FORMATS))}"
        raise UsageError(f'Unknown report format "{name}"', "command line", fix)
    return cast(Format, import_module(modules[name]))


def asked(reports: Iterable[str]) -> list[Asked]:
    """What `--report` asks for, each a ``NAME`` or ``NAME=FILE``; ``-`` is standard output.

    Raises:
        UsageError: a format does not exist, two reports go to the same file, or a directory to standard output.
    """
    found: list[Asked] = []
    for text in reports:
        name, _, file = text.partition("=")
        made = named(name)
        file = file or made.FILE
        path = Path(file) if file not in ("", "-") else None
        if path is None and made.FILE and not Path(made.FILE).suffix:
            problem = f"The {name} report is a directory, which cannot go to standard output"
            raise UsageError(problem, "command line", f"Name a directory: --report {name}={made.FILE}")
        for other in found:
            if other.path == path or (other.path and path and os.path.abspath(path) == os.path.abspath(other.path)):
                raise UsageError(
                    f"Two reports go to {path or 'standard output'}: {other.name} and {name}",
                    "command line",
                    f"Give each a file of its own: --report {name}=FILE",
                )
        found.append(Asked(name, path))
    return found


def want_exchanges(reports: Iterable[Asked]) -> bool:
    """Whether one of the reports shows what each step sent and received."""
    return any(named(report.name).wants_exchanges for report in reports)


def want_passed(reports: Iterable[Asked]) -> bool:
    """Whether one of the reports shows each step that passed."""
    return any(named(report.name).wants_passed for report in reports)


def take_output(reports: Iterable[Asked]) -> bool:
    """Whether one of the reports has standard output to itself, so that a program can read it."""
    return any(report.path is None and named(report.name).FILE for report in reports)
