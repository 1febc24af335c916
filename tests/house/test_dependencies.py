"""pyproject.toml declares what the product imports, and nothing else."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.house.tree import PACKAGES, ROOT, modules, syntax

# Declared and not imported by us, and why.
_NOT_IMPORTED = {
    "httptools": "uvicorn parses HTTP with it where it is installed",
    "uvloop": "uvicorn runs its event loop where it is installed",
    "psycopg": "SQLAlchemy loads it by its name in a URL",
    "pymysql": "SQLAlchemy loads it by its name in a URL",
}
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def declared() -> set[str]:
    """The distributions that pyproject.toml asks for, extras included, but not apitest's own extras."""
    wanted = [
        *_PROJECT["dependencies"],
        *(line for extra in _PROJECT["optional-dependencies"].values() for line in extra),
    ]
    return {_normal(re.split(r"[^\w.-]", line)[0]) for line in wanted} - {"apitest"}


def imported() -> set[str]:
    """The distributions that modules of the product import from."""
    own = {package.name for package in PACKAGES}
    names = {name for module in modules() for name in _imports(module.file)} - set(sys.stdlib_module_names) - own
    known = packages_distributions()
    return {_normal(known[name][0]) if name in known else f"what provides {name}" for name in names}


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(syntax(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def test_everything_imported_is_declared() -> None:
    """A package that the product imports is not left to come along with another."""
    assert imported() - declared() == set()


def test_nothing_is_declared_without_use() -> None:
    """A package that nothing imports is not installed, but for those that are loaded by name."""
    assert declared() - imported() - set(_NOT_IMPORTED) == set()


def test_exceptions_are_declared() -> None:
    """Each package that is loaded by name is still asked for."""
    assert set(_NOT_IMPORTED) - declared() == set()


def test_the_lock_has_all_of_them() -> None:
    """requirements.lock names a version of every package that pyproject.toml asks for."""
    locked = {
        _normal(line) for line in re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.M)
    }
    assert declared() - locked == set()
