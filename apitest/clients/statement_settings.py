"""How long a statement may take, whichever database runs it."""

from math import inf
from typing import NamedTuple


class StatementSettings(NamedTuple):
    """What a step says, or the default.

    Attributes:
        timeout: seconds that one statement may take; no limit of ours unless a step waits, which has a time of its own.
    """

    timeout: float = inf
