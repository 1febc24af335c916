"""PURE: regular expressions that are compiled when they are used first: most runs use few of the many there are."""

import re
from types import ModuleType
from typing import AnyStr, cast


class _Later:
    """Stands for a pattern; what was asked of that once is an attribute of this, which costs nothing more."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text, self._flags = text, flags

    def compile(self) -> "re.Pattern[str] | re.Pattern[bytes]":
        """The pattern, which the module re keeps."""
        return re.compile(self._text, self._flags)

    def __getattr__(self, name: str) -> object:
        found: object = getattr(self.compile(), name)
        setattr(self, name, found)
        return found


def expression(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern, for its methods only: the functions of the module re do not take it.

    Args:
        text: the pattern; a mistake in it is told when it is used first.
        flags: as `re.compile` has them.
    """
    return cast("re.Pattern[AnyStr]", _Later(text, flags))


def compile_those_of(module: ModuleType) -> None:
    """Compiles the patterns of a module now, for the sake of copies of this process, each of which would do so."""
    for value in vars(module).values():
        if isinstance(value, _Later):
            value.compile()
