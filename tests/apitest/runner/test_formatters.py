"""What behave's own formatters are told."""

from types import SimpleNamespace
from typing import Any

import pytest

from apitest.errors import UsageError
from apitest.runner.formatters import tell


class Formatter:
    """One that knows one method."""

    name = "own"

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def step(self, *arguments: object) -> None:
        self.told.append(arguments)
        if arguments == ("bad",):
            raise KeyError("x")


def engine(*formatters: object) -> Any:
    return SimpleNamespace(formatters=list(formatters), clean=str)


def test_only_methods_that_there_are_get_called() -> None:
    """A formatter without the method is left alone."""
    formatter = Formatter()
    tell(engine(formatter, object()), "step", 1, 2)
    tell(engine(formatter), "eof")
    assert formatter.told == [(1, 2)]


def test_one_that_fails_is_named() -> None:
    """The run cannot go on with it; the error says what to do."""
    with pytest.raises(UsageError, match="The formatter own cannot go on: KeyError: 'x'") as raised:
        tell(engine(Formatter()), "step", "bad")
    assert "apitest run -f help" in raised.value.fix
