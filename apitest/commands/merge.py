"""`apitest report merge`: reports of several runs, such as the shards of one, as if it had been a single run."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from apitest import events
from apitest.errors import UsageError
from apitest.report import formats, merging
from apitest.report.several import Reports
from apitest.report.target import Target
from apitest.report.terminal import make_error_report


def merge(files: Sequence[Path], reports: Sequence[str]) -> int:
    """Writes the reports that are asked for, and the one on the terminal; the exit status that the run would have.

    Raises:
        UsageError: a file cannot be read, files do not belong together, or a report cannot be opened, or would go
            to one of the files.
    """
    asked = formats.asked(reports)
    for report in asked:
        _must_not_be_read(report, files)
    told = merging.joined(files)
    first = next(told)  # raises before anything is written
    status = 0
    with Reports() as listener:
        if not formats.take_output(asked):
            listener.open("terminal", None, formats.named("terminal").opened(Target(None, os.environ)))
        for name, path in asked:
            listener.open(name, path, formats.named(name).opened(Target(path, os.environ)))
        listener(first)
        for event in told:
            listener(event)
            if isinstance(event, events.RunFinished):
                status = event.exit_status
    for error in listener.failed:
        make_error_report(sys.stderr)(error)
    return 2 if listener.failed else status


def _must_not_be_read(report: formats.Asked, files: Sequence[Path]) -> None:
    """Refuses to write a report over a file that is read while it is written."""
    path = report.path
    if path and path.exists() and any(file.exists() and path.samefile(file) for file in files):
        fix = f"Give it a file of its own: --report {report.name}=FILE"
        raise UsageError(
            f"The {report.name} report would overwrite {path}, one of the files to merge", "command line", fix
        )
