"""Finds the tests that leave the test process, or start something whole in it, by what their code can reach.

The former start processes or listen on sockets; the latter make an ``App``, or let pytest run with our plugin. No test
is listed.
"""

import inspect
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import HTTPServer, ThreadingHTTPServer
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import pytest
import websockets.asyncio.server
import websockets.sync.server

from apitest.commands.companion import CompanionServer

# What starts a process. Of the product it is CompanionServer; everything else in tests/ goes through subprocess.
_PROCESSES = (subprocess, subprocess.run, subprocess.Popen, subprocess.check_output, CompanionServer)
# What listens: such a test waits for another thread and for its time-outs.
_SERVERS = (
    socket,
    HTTPServer,
    ThreadingHTTPServer,
    websockets.asyncio.server.serve,
    websockets.sync.server.serve,
)
_STARTERS = (*_PROCESSES, *_SERVERS)
# By their names: of any event loop, of the fixture pytester, of multiprocessing, and what starts workers and runs of
# their own
_LEAVE = {"create_server", "runpytest_subprocess", "Crew", "fork", "fresh", "in_a_run_of_its_own", "get_context"}
# Options of the command line that do so where it runs in the test's process, by themselves or in a line of config.ini
_RUN_PYTEST = {"runpytest", "runpytest_inprocess", "inline_run"}
_OPTIONS = {"-j", "--jobs", "--isolate"}
_OF_A_FILE = "options = "
_OURS = "tests."


def leaves(thing: Any) -> bool:
    """Whether a thing itself starts a process or listens."""
    return any(thing is starter for starter in _STARTERS) or _calls_what_leaves(thing)


def integrates(thing: Any) -> bool:
    """Whether a thing is the class of whole servers, or runs pytest; what nothing has imported no test can use."""
    module = sys.modules.get("apitest_server.app")
    return (module is not None and thing is module.App) or _calls(thing, _RUN_PYTEST)


class Reach:
    """Whether code of the tests reaches what is looked for; each function is looked at once."""

    def __init__(self, is_found: Callable[[Any], bool] = leaves) -> None:
        self._is_found = is_found
        self._known: dict[int, bool] = {}
        self._looked_at: list[Any] = []

    def of_test(self, item: pytest.Function, *, shared: bool = True) -> bool:
        """Whether a test reaches it, or one of the fixtures that it is given.

        Args:
            item: the test.
            shared: also through fixtures that several tests share.
        """
        definitions = [found[-1] for found in item._fixtureinfo.name2fixturedefs.values()]
        fixtures = [each.func for each in definitions if shared or each.scope == "function"]
        return self.reaches(item.function) or any(map(self.reaches, fixtures))

    def reaches(self, thing: Any) -> bool:
        """Whether a function, method or class reaches it."""
        if id(thing) not in self._known:
            self._looked_at.append(thing)  # Kept, so that no other thing gets its number
            self._known[id(thing)] = False  # a circle reaches nothing by itself
            self._known[id(thing)] = self._is_found(thing) or any(map(self.reaches, _parts(thing)))
        return self._known[id(thing)]


def _calls_what_leaves(thing: Any) -> bool:
    if _calls(thing, _LEAVE):
        return True
    function = inspect.unwrap(thing) if callable(thing) else thing
    return isinstance(function, FunctionType) and not _OPTIONS.isdisjoint(_texts(function.__code__))


def _calls(thing: Any, names: set[str]) -> bool:
    function = inspect.unwrap(thing) if callable(thing) else thing
    return isinstance(function, FunctionType) and not names.isdisjoint(_names(function.__code__))


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


def _texts(code: CodeType) -> Iterator[str]:
    """The texts in the code of a function, and in those inside it; of lines with options, the words."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _texts(constant)
        else:
            yield from _texts_of(constant)


def _texts_of(constant: object) -> Iterator[str]:
    if isinstance(constant, tuple):
        for each in constant:
            yield from _texts_of(each)
    elif isinstance(constant, str):
        yield constant
        if _OF_A_FILE in constant:
            yield from constant.split()


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
