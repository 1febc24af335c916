"""How far a run is."""

from typing import NamedTuple


class Progress(NamedTuple):
    """How far a run of several workers is, for who watches it; no report keeps it.

    Attributes:
        finished, failed: scenarios.
        left: features, or scenarios where these are handed out one by one, that nobody has run yet.
        running: the names of the scenarios that run.
    """

    finished: int
    failed: int
    left: int
    running: tuple[str, ...]
