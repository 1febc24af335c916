"""Where a report goes, and what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Target:
    """What a format is opened for.

    Attributes:
        path: the file or directory to write; None for standard output.
        environ: what the user's environment says of colours and width.
        verbose: show every exchange.
        fixing: undefined steps are being corrected, so nobody needs to be told how that is done.
        summary: tell the totals at the end.
    """

    path: Path | None = None
    environ: Mapping[str, str] = field(default_factory=dict)
    verbose: bool = False
    fixing: bool = False
    summary: bool = True
