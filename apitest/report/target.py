"""Where a report goes, and what it shows."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple


class Target(NamedTuple):
    """What a format is opened for.

    Attributes:
        path: the file or directory to write; None for standard output.
        environ: what the user's environment says of colours and width.
        verbose: show every exchange.
        fixing: undefined steps are being corrected, so nobody needs to be told how that is done.
        summary: tell the totals at the end.
        quiet: show what went wrong and the totals only.
    """

    path: Path | None = None
    environ: Mapping[str, str] = MappingProxyType({})
    verbose: bool = False
    fixing: bool = False
    summary: bool = True
    quiet: bool = False
