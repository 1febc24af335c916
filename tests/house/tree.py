"""The product's modules as they are on the disk: what the checks of the house go over."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGES = (ROOT / "apitest", ROOT / "server" / "apitest_server")
# Where the tests of each package are.
TESTS = {"apitest": ROOT / "tests" / "apitest", "apitest_server": ROOT / "tests" / "server"}


class Module(NamedTuple):
    """A module: its file, and its path inside its package, which counts as the first part."""

    file: Path
    path: Path

    @property
    def room(self) -> str:
        """The package's part that the module is in: a folder, or a module at the top."""
        return self.path.parts[1].removesuffix(".py")

    @property
    def name(self) -> str:
        """The path from the project's root, as messages show it."""
        return self.file.relative_to(ROOT).as_posix()

    @property
    def tests(self) -> Path:
        """The file that has to hold the module's tests."""
        return TESTS[self.path.parts[0]].joinpath(*self.path.parts[1:-1], f"test_{self.path.stem.strip('_')}.py")


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the product, in the order of their paths."""
    files = sorted(file for package in PACKAGES for file in package.rglob("*.py"))
    return tuple(Module(file, file.relative_to(_package(file).parent)) for file in files)


def _package(file: Path) -> Path:
    return next(package for package in PACKAGES if package in file.parents)


@cache
def syntax(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text("utf-8"), str(file))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions and methods of a tree, those inside others too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
