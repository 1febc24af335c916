"""PURE: how far a scenario has come."""

from typing import NamedTuple


class PlannedStep(NamedTuple):
    """A step of a scenario that runs.

    Attributes:
        keyword, name, line, text, table: of the step.
    """

    keyword: str
    name: str
    line: int
    text: str | None
    table: tuple[tuple[str, ...], ...] | None


class Reached(NamedTuple):
    """How far it came until its worker died.

    Attributes:
        over: its first steps, all that are over, and the seconds that each took.
        running: the step that ran; None for none.
        since: when that began, by the clock of `time.monotonic`.
    """

    over: tuple[tuple[PlannedStep, float], ...] = ()
    running: PlannedStep | None = None
    since: float = 0.0
