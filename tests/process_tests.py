"""Finds the tests that start processes, by what their code and their fixtures' code can reach; nothing is listed."""

import inspect
import subprocess
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import pytest

from apitest.commands.companion import CompanionServer

# What starts a process. Of the product it is CompanionServer; everything else in tests/ goes through subprocess.
_STARTERS = (subprocess, subprocess.run, subprocess.Popen, subprocess.check_output, CompanionServer)
_OURS = "tests."


class Reach:
    """Whether code of the tests reaches something that starts a process; each function is looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def starts_processes(self, item: pytest.Function) -> bool:
        """Whether a test, or one of the fixtures that it is given, may start a process."""
        definitions = item._fixtureinfo.name2fixturedefs.values()
        return self.reaches(item.function) or any(self.reaches(found[-1].func) for found in definitions)

    def reaches(self, thing: Any) -> bool:
        """Whether a function, method or class may start a process."""
        if any(thing is starter for starter in _STARTERS):
            return True
        if id(thing) not in self._known:
            self._known[id(thing)] = False  # a circle reaches nothing by itself
            self._known[id(thing)] = any(self.reaches(part) for part in _parts(thing))
        return self._known[id(thing)]


def _parts(thing: Any) -> Iterator[Any]:
    """What a function or class of the tests uses: the globals that its code names, a class's methods."""
    if isinstance(thing, MethodType):
        thing = thing.__func__
    if isinstance(thing, type) and thing.__module__.startswith(_OURS):
        yield from (value for value in vars(thing).values() if isinstance(value, FunctionType))
        yield from thing.__bases__
        return
    function = inspect.unwrap(thing) if callable(thing) else thing
    if isinstance(function, FunctionType) and function.__module__.startswith(_OURS):
        yield from _globals(function)


def _globals(function: Callable[..., Any]) -> Iterator[Any]:
    names = set(_names(function.__code__))
    for name in names & function.__globals__.keys():
        value = function.__globals__[name]
        if isinstance(value, ModuleType) and value.__name__.startswith(_OURS):  # module.function
            yield from (vars(value)[part] for part in names & vars(value).keys())
        else:
            yield value


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
