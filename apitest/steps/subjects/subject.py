"""What checks are about, and how sentences name it."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from apitest.language.grid import Beginning
from apitest.language.sentence import Again
from apitest.steps.subjects.found import Found


class Kind(StrEnum):
    """What a subject has to have for a predicate to make sense."""

    VALUE = "any value"
    TEXT = "text"
    NUMBER = "numbers"
    TYPE = "values with a type"
    ABSENCE = "can be absent"
    SIZE = "can be counted"
    DOCUMENT = "documents"
    ROWS = "rows of a database"


READ_FROM_TEXT = frozenset((Kind.VALUE, Kind.TEXT, Kind.NUMBER))
DOCUMENTS = READ_FROM_TEXT | {Kind.TYPE, Kind.SIZE, Kind.DOCUMENT}


class Subject(NamedTuple):
    """Something that checks are about.

    Attributes:
        name: what the manual calls it.
        wordings: how sentences about it begin and, after ``{}``, how they end; the first one is the usual one.
        example: the first wording with values in it.
        find: finds it; called with the context and the parameters of the wording.
        takes: the kinds of predicates that make sense with it.
        raw: parameters that `find` resolves itself.
        column: the heading of its column in a data table; empty where there are no tables of it.
        stored: whether it can be stored under a name.
        again: how it can be looked at again, so that ``within "5" seconds`` may stand ahead of a check of it.
    """

    name: str
    wordings: tuple[str, ...]
    example: str
    find: Callable[..., Found]
    takes: frozenset[Kind]
    raw: tuple[str, ...] = ()
    column: str = ""
    stored: bool = True
    again: Again | None = None

    @property
    def beginning(self) -> Beginning:
        """It as a half of sentences."""
        takes = frozenset(map(str, self.takes))
        return Beginning(self.wordings, self.example, self.find, takes, self.name, self.raw, self.again)
