"""How values are declared that requests and variables can be given."""

from enum import StrEnum

from apitest.language.grid import Declarations


class Kind(StrEnum):
    """What a target has to take for a value to make sense."""

    TEXT = "what is written as text"
    TYPED = "values of any type"
    BELOW = "what stands below the step"
    DATE = "dates in a format"


value = Declarations()
