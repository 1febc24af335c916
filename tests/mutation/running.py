"""Runs the tests against mutants: collected once, then in a process forked for each mutant, up to the first failure."""

import ast
import inspect
import os
import resource
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeVar

import pytest

from tests.house.tree import ROOT

_SECONDS = 60  # of a processor that the tests of a mutant may take: one that runs on and on counts as killed
_OPTIONS = (
    "--quiet",
    "--capture=no",
    "-p",
    "no:xdist",
    "-p",
    "no:cov",
    "--hypothesis-seed=0",
    "-m",
    "not process and not live",
)

Mutant = TypeVar("Mutant")
Mistake = Callable[[Mutant], tuple[Path, ast.Module | None]]
"""The module of a mutant, and its tree with the mistake; None for the module as it is."""


class Survivors:
    """A plugin of pytest that runs the collected tests against each mutant instead of once.

    Attributes:
        tests_pass: whether they do without a mistake.
        found: the mutants that no test failed for.

    Args:
        mutants: to run the tests against.
        mistake: what is wrong in one of them.
        tell: is told of each one that survived, as soon as it is known.
    """

    def __init__(self, mutants: Iterable[Mutant], mistake: Mistake[Mutant], tell: Callable[[Mutant], None]) -> None:
        self.tests_pass = False
        self.found: list[Mutant] = []
        self._mutants = list(mutants)
        self._mistake = mistake
        self._tell = tell

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Runs the tests against the module as it is, then against each mutant."""
        self.tests_pass = not session.testsfailed and _passed(os.waitpid(_start(session, ROOT, None), 0)[1])
        if self.tests_pass:
            for mutant in self._run(session, len(os.sched_getaffinity(0))):
                self.found.append(mutant)
                self._tell(mutant)
        return True

    def _run(self, session: pytest.Session, workers: int) -> Iterator[Mutant]:
        waiting: dict[int, Mutant] = {}
        for mutant in self._mutants:
            if len(waiting) == workers:
                yield from _ended(waiting)
            waiting[_start(session, *self._mistake(mutant))] = mutant
        while waiting:
            yield from _ended(waiting)


def run(plugin: Survivors, tests: Sequence[str]) -> None:
    """Collects tests, and has the plugin run them."""
    os.chdir(ROOT)
    pytest.main([*_OPTIONS, *tests], plugins=[plugin])


def _ended(waiting: dict[int, Mutant]) -> Iterator[Mutant]:
    child, status = os.wait()
    mutant = waiting.pop(child)
    if _passed(status):
        yield mutant


def _passed(status: int) -> bool:
    return os.waitstatus_to_exitcode(status) == 0


def _start(session: pytest.Session, module: Path, tree: ast.Module | None) -> int:
    """Starts the tests, those of the module first, in a process that ends with 0 if they all pass."""
    child = os.fork()
    if child:
        return child
    passed = False
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        if tree is not None:
            apply(".".join(module.relative_to(ROOT).with_suffix("").parts), tree)
        own = f"test_{module.name}"
        passed = _all_pass(session, sorted(session.items, key=lambda item: item.path.name != own))
    finally:
        os._exit(not passed)


def _all_pass(session: pytest.Session, items: Sequence[pytest.Item]) -> bool:
    for item, following in zip(items, [*items[1:], None], strict=True):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return False
    return True


def apply(name: str, tree: ast.Module) -> None:
    """Makes an imported module what a tree is, for all who have imported something of it."""
    module = import_module(name)
    changed = types.ModuleType(name)
    changed.__file__ = module.__file__
    exec(compile(tree, str(module.__file__), "exec"), changed.__dict__)
    for known, value in list(vars(module).items()):
        other = vars(changed).get(known)
        if known.startswith("__") or isinstance(value, type | types.ModuleType):
            continue
        if getattr(value, "__module__", name) == name and callable(value):
            _replace_function(value, other)
        elif isinstance(value, dict) and isinstance(other, dict):
            _replace_members(value, other)
        elif not callable(value):
            _replace_everywhere(known, value, other)


def _replace_function(function: object, other: object) -> None:
    here, there = inspect.unwrap(function), inspect.unwrap(other)  # type: ignore[arg-type]  # both are callable
    if isinstance(here, types.FunctionType) and isinstance(there, types.FunctionType):
        here.__code__, here.__defaults__, here.__kwdefaults__ = (
            *(there.__code__, there.__defaults__),
            there.__kwdefaults__,
        )
    getattr(function, "cache_clear", lambda: None)()


def _replace_members(known: dict[object, object], other: Mapping[object, object]) -> None:
    known.clear()
    known.update(other)


def _replace_everywhere(name: str, value: object, other: object) -> None:
    for module in list(sys.modules.values()):
        if module.__name__.startswith("apitest") and vars(module).get(name) is value:
            setattr(module, name, other)
