"""The benchmarks are not run by the tests, so what they import is looked up here."""

import ast
from importlib import import_module
from pathlib import Path

from tests.house.tree import ROOT, syntax

_OURS = ("apitest", "apitest_server", "tests", "benchmarks")


def _missing(file: Path) -> list[str]:
    found = [node for node in ast.walk(syntax(file)) if isinstance(node, ast.ImportFrom)]
    return [
        f"{node.module}.{alias.name}"
        for node in found
        if node.module and node.module.partition(".")[0] in _OURS
        for alias in node.names
        if not _is_there(node.module, alias.name)
    ]


def _is_there(module: str, name: str) -> bool:
    if hasattr(import_module(module), name):
        return True
    try:
        import_module(f"{module}.{name}")
    except ModuleNotFoundError:
        return False
    return True


def test_what_benchmarks_import_is_there() -> None:
    """Every name that they take from the product or the tests can be imported."""
    files = sorted((ROOT / "benchmarks").glob("*.py"))
    assert files
    assert {file.name: names for file in files if (names := _missing(file))} == {}
