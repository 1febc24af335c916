"""The private names of behave that are used are those that are listed."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import behave
import pytest

from apitest.runner import model

ROOM = Path(model.__file__).parent
BEHAVE = Path(behave.__file__).parent
MADE_BY_US = {"_name_", "_make", "_replace", "_getframe"}  # of enums, named tuples and sys


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in MADE_BY_US


def own_names(tree: ast.Module) -> set[str]:
    """Private names of the module itself: its functions, variables, and attributes of classes that are not behave's."""
    from_behave = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("behave")
        for alias in node.names
    }
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not from_behave & {ast.unparse(base) for base in node.bases}:
            found |= {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
            found |= {part.attr for part in ast.walk(node) if is_of_self(part)}
    return found


def is_of_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def used(path: Path) -> Iterator[str]:
    """Private names that a file of the room takes from something that is not its own."""
    tree = ast.parse(path.read_text("utf-8"))
    own = own_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and private(node.attr) and node.attr not in own:
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in model.PRIVATE:
            yield node.value
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("behave"):
            yield from filter(private, (node.module or "").split("."))


@cache
def in_behave() -> set[str]:
    """Private names that behave's own code defines or uses."""
    found = {path.stem for path in BEHAVE.rglob("_*.py")}
    for path in BEHAVE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.FunctionDef):
                found.add(node.name)
    return found


def test_the_list_is_what_the_code_uses() -> None:
    """Each private name of behave that a file of the room uses is listed, and no other."""
    files = [path for path in ROOM.glob("*.py") if path.name != "model.py"]
    found = {name for path in files for name in used(path)} & in_behave()
    assert found - set(model.PRIVATE) == set()
    assert set(model.PRIVATE) - found == set()


@pytest.mark.parametrize("name", sorted(model.PRIVATE))
def test_behave_still_has_it(name: str) -> None:
    """What is listed is there in the behave that is installed."""
    assert name in in_behave()
