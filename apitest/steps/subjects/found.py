"""What a subject found: what the predicates look at."""

from collections.abc import Callable, Sequence

from apitest.checks.mismatch import refused
from apitest.context import StepContext
from apitest.errors import CheckFailed
from apitest.tables.rows import Rows

Absence = Callable[[], CheckFailed]


class Found:
    """What a subject found.

    Attributes:
        ctx: the step's context.
        place: what a failure names it.
        all: everything that was found: one value, or each node of an XPath; empty where there is nothing.
        counted: what predicates of size count.
        is_text: whether the values are always text, so that numbers, lists and the like are read from it.
        rows: the rows of a database's result; None for all else.
        hint: what may have kept it from being found; empty where nothing is known.
    """

    def __init__(
        self,
        ctx: StepContext,
        place: str,
        found: Sequence[object],
        *,
        absent: Absence | None = None,
        counted: object = None,
        is_text: bool = False,
        rows: Rows | None = None,
        hint: str = "",
    ) -> None:
        self.ctx = ctx
        self.place = place
        self.all = found
        self.counted = found[0] if counted is None and found else counted
        self.is_text = is_text
        self.rows = rows
        self.hint = hint
        self._absent = absent

    @property
    def value(self) -> object:
        """What a positive check looks at: the first that was found.

        Raises:
            CheckFailed: there is nothing.
        """
        if not self.all:
            self.refuse_absence()
        return self.all[0]

    @property
    def each(self) -> Sequence[object]:
        """What a negative check looks at: everything that was found.

        Raises:
            CheckFailed: there is nothing.
        """
        if not self.all:
            self.refuse_absence()
        return self.all

    def refuse_absence(self) -> None:
        """Fails, and says how far the subject leads.

        Raises:
            CheckFailed: always.
        """
        if self._absent:
            raise self._absent()
        refused("There is nothing", self.place)

    def part(self, value: object, place: str) -> "Found":
        """An item of it, as a subject of its own."""
        return Found(self.ctx, place, [value], is_text=self.is_text)
