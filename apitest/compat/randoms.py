"""Random values and lists, with the arguments that projects give."""

from apitest.compat import dates, running
from apitest.language import generators, literals


def rand_string(count: int = 1) -> str | list[str]:
    """A random string that starts with a letter, or a list of so many."""
    made = [generators.rand_string(running.random()) for _ in range(count)]
    return made[0] if count == 1 else made


def rand_int(min: int = 0, max: int = 100, count: int = 1) -> int | list[int]:
    """A random integer from ``min`` up to but not including ``max``, or a list of so many."""
    made = [running.random().randrange(min, max) for _ in range(count)]
    return made[0] if count == 1 else made


def rand_float(min: int = 0, max: int = 100) -> float:
    """A random float from ``min`` to ``max``."""
    return running.random().uniform(min, max)


def rand_date(format: str, start: str | None = None, stop: str | None = None) -> str:
    """A random date, between two others if both are given."""
    if start and stop:
        return dates.date_between(start, stop, format)
    return generators.rand_date(format, running.random())


def parse_list(value: str) -> list[object]:
    """The elements of ``a,b,"c,d"``."""
    return literals.parse_list(value)


def any_from_list(value: str) -> object:
    """One of the elements of such a list that are not empty, at random."""
    return generators.one_of([element for element in literals.parse_list(value) if element], running.random())
