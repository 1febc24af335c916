"""A module whose docstring begins with PURE imports nothing that reads a clock, a socket or an environment."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.coverage import CONTRACT, PURE
from tests.house.tree import Module, syntax


def imported(tree: ast.AST) -> Iterator[str]:
    """The top-level packages that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def test_what_calls_itself_pure_is() -> None:
    """Of the modules under the contract and of all others that say so."""
    forbidden = set(CONTRACT["forbidden_modules"])
    found = {module.name: sorted(forbidden & set(imported(syntax(module.file)))) for module in PURE}
    assert {name: names for name, names in found.items() if names} == {}


@pytest.mark.parametrize("source", ["import os.path", "def f():\n    from time import sleep"])
def test_an_import_is_seen_wherever_it_is(source: str) -> None:
    """Of a submodule, and within a function."""
    assert set(imported(ast.parse(source))) & {"os", "time"}


def test_modules_under_the_contract_say_that_they_are_pure() -> None:
    """Each module of the server that the contract names begins its docstring with PURE."""
    named = {name for name in CONTRACT["source_modules"] if name.count(".") > 1}
    assert named - {_dotted(module) for module in PURE} == set()


def _dotted(module: Module) -> str:
    return ".".join(module.path.with_suffix("").parts)
