"""Whether the syntax of a file tells which services it has, and how they are called; else only importing it can tell.

In doubt it does not: a service that nobody has seen would be gone after the next start.
"""

import ast
import builtins
import sys
from collections.abc import Container, Iterator, Mapping

ROOT = "Service"
_KNOWN = frozenset(dir(builtins))


def is_plain(tree: ast.Module) -> bool:
    """Whether all of its services are classes at the top, with bases, names and handlers that can be read there."""
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    origins = _origins(tree)
    strange = {
        name for name, node in classes.items() if not all(_is_clear(base, classes, origins) for base in node.bases)
    }
    services = {name for name in classes if _reaches(name, classes, set())}
    return not (
        strange
        or any(_is_computed(classes[name]) for name in services)
        or any(_makes_classes(node, classes, origins) for node in tree.body if not isinstance(node, ast.ClassDef))
    )


def _origins(tree: ast.Module) -> dict[str, str]:
    """Names that are imported -> the top of the module that they are from; empty for one of the same directory."""
    found = {}
    for node in (each for part in tree.body if not isinstance(part, ast.ClassDef) for each in ast.walk(part)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[(alias.asname or alias.name).partition(".")[0]] = alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            top = "" if node.level else (node.module or "").partition(".")[0]
            found.update((alias.asname or alias.name, top) for alias in node.names)
    return found


def _is_clear(base: ast.expr, classes: Container[str], origins: Mapping[str, str]) -> bool:
    """Whether it is known what a class derives from: a service, a class of the file, or nothing of the kind."""
    while isinstance(base, ast.Subscript | ast.Call):  # Generic[T], namedtuple("Point", "x y")
        base = base.value if isinstance(base, ast.Subscript) else base.func
    first, _, rest = _written(base).partition(".")
    origin = origins.get(first)
    if (rest.rpartition(".")[2] or first) == ROOT:
        return origin != ""
    if origin is None:
        return first in classes or first in _KNOWN
    return origin in sys.stdlib_module_names


def _reaches(name: str, classes: Mapping[str, ast.ClassDef], seen: set[str]) -> bool:
    if name not in classes or name in seen:
        return name == ROOT
    bases = (_written(base).rpartition(".")[2] for base in classes[name].bases)
    return any(_reaches(base, classes, seen | {name}) for base in bases)


def _is_computed(node: ast.ClassDef) -> bool:
    """Whether the name or the handler of a service is more than what stands there."""
    return bool(node.decorator_list) or any(
        name.startswith("handle") or (name == "name" and not isinstance(value, ast.Constant | None))
        for name, value in _assigned(node)
    )


def _assigned(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr | None]]:
    for item in node.body:
        if isinstance(item, ast.Assign | ast.AnnAssign):
            targets = item.targets if isinstance(item, ast.Assign) else [item.target]
            yield from ((target.id, item.value) for target in targets if isinstance(target, ast.Name))
        elif isinstance(item, ast.If | ast.For | ast.While | ast.With | ast.Try):
            yield "handle", None  # Whatever is in there


def _makes_classes(node: ast.stmt, classes: Mapping[str, ast.ClassDef], origins: Mapping[str, str]) -> bool:
    """Whether a statement makes services, or changes classes, otherwise than by a class at the top."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(
        (isinstance(each, ast.ClassDef) and not all(_is_harmless(base, origins) for base in each.bases))
        or (isinstance(each, ast.Call) and _changes_a_class(each))
        for each in ast.walk(node)
    ) or any(isinstance(one, ast.Attribute) and ast.unparse(one).partition(".")[0] in classes for one in targets)


def _is_harmless(base: ast.expr, origins: Mapping[str, str]) -> bool:
    return _is_clear(base, (), origins) and _written(base).rpartition(".")[2] != ROOT


def _changes_a_class(call: ast.Call) -> bool:
    called = _written(call.func)
    return called == "setattr" or (called == "type" and len(call.args) > 1)


def _written(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ast.unparse(node)  # Most are names, and that is quick
