"""Which services a file holds, read from its syntax tree: nothing of it is run.

A class is a service if it derives from ``Service``, directly or through another class of the file. Classes that
only others derive from (no ``handle`` anywhere) are none. A file that is not plain cannot be judged so; it is imported
instead.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from types import ModuleType

from apitest_server.deploy.names import dashed, service_name
from apitest_server.deploy.plain_files import ROOT
from apitest_server.deploy.store import Deployed
from apitest_server.errors import DeploymentError
from apitest_server.service.base import Service, is_concrete

_ROOTS = {ROOT}
_NEAR = 0.8  # `handel` and `handler`, but not `candle_of`
_MAKES = "services_of"  # A function that makes services of a type of objects


@dataclass
class _Class:
    node: ast.ClassDef
    bases: set[str]
    is_service: bool = False
    handles: bool = False


def declared_services(tree: ast.Module, module: str) -> Iterator[tuple[str, str]]:
    """Name and class of each service of a file; ``module`` is the file's name without ``.py``."""
    for name, found in _classes(tree).items():
        if found.is_service and found.handles:
            yield _name(found.node) or service_name(module, name), name


def misspelt_handlers(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Classes without a ``handle`` that have a method of nearly that name, and that method."""
    for name, found in _classes(tree).items():
        if found.is_service and not found.handles:
            own = [node.name for node in found.node.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
            near = [method for method in own if get_close_matches(method.lower(), ["handle"], cutoff=_NEAR)]
            yield from ((name, method) for method in near[:1])


def services_of_module(module: ModuleType, internal: bool = False) -> Iterator[Deployed]:
    """The services of an imported module: the classes that were defined in it.

    In an internal module, a class whose name begins with an underscore is a base of others.

    Raises:
        DeploymentError: what a service is called is not a text.
    """
    for name, cls in vars(module).items():
        if not (isinstance(cls, type) and issubclass(cls, Service)) or cls.__module__ != module.__name__:
            continue
        if internal and name.startswith("_"):
            continue
        if is_concrete(cls):
            own = vars(cls).get("name") or service_name(module.__name__, name)
            if not isinstance(own, str):
                raise DeploymentError(f"The name of the service `{name}` must be a text, and not {own!r:.60}")
            yield Deployed(own, f"{module.__name__}:{name}", module.__file__ or "", internal)


def declared_names(tree: ast.Module, module: str) -> list[str]:
    """The names of the internal services of a module, as far as its syntax tells."""
    classes = [
        _name(node) or service_name(module, node.name)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and (_name(node) or _last_parts(node) & _ROOTS)
    ]
    return [*_made_of_types(tree), *classes]


def _made_of_types(tree: ast.Module) -> Iterator[str]:
    """Names of what ``Create, Edit = services_of(FTP, …)`` makes of ``FTP = ObjectType(name="outgoing.ftp", …)``.

    The beginning of the names may also stand in the call itself, as a text.
    """
    assigned = [(ast.unparse(node.targets[0]), node.value) for node in tree.body if isinstance(node, ast.Assign)]
    calls = [(target, value) for target, value in assigned if isinstance(value, ast.Call)]
    kinds = {
        target: str(option.value.value)
        for target, call in calls
        for option in call.keywords
        if option.arg == "name" and isinstance(option.value, ast.Constant)
    }
    for target, call in calls:
        if ast.unparse(call.func).rpartition(".")[2] == _MAKES:
            first = call.args[0]
            kind = str(first.value) if isinstance(first, ast.Constant) else kinds.get(ast.unparse(first), "")
            names = [name for name in target.strip("()").split(", ") if not name.startswith("_")]
            yield from (f"zato.{kind}.{dashed(name)}" for name in names)


def _classes(tree: ast.Module) -> dict[str, _Class]:
    found = {node.name: _Class(node, _last_parts(node)) for node in tree.body if isinstance(node, ast.ClassDef)}
    for name, item in found.items():
        item.is_service = _reaches(name, found, set())
        item.handles = _has_handler(name, found, set())
    return found


def _reaches(name: str, classes: dict[str, _Class], seen: set[str]) -> bool:
    if name not in classes or name in seen:
        return name in _ROOTS
    return any(_reaches(base, classes, seen | {name}) for base in classes[name].bases)


def _has_handler(name: str, classes: dict[str, _Class], seen: set[str]) -> bool:
    if name not in classes or name in seen:
        return False
    own = any(
        isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
        and (item.name == "handle" or item.name.startswith("handle_"))
        for item in classes[name].node.body
    )
    return own or any(_has_handler(base, classes, seen | {name}) for base in classes[name].bases)


def _last_parts(node: ast.ClassDef) -> set[str]:
    """The bases of a class, each without the module that it is looked up in."""
    return {ast.unparse(base).rpartition(".")[2] for base in node.bases}


def _name(node: ast.ClassDef) -> str:
    for item in node.body:
        targets = item.targets if isinstance(item, ast.Assign) else [getattr(item, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == "name" for target in targets):
            value = getattr(item, "value", None)
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                return value.value
    return ""


def neighbours(tree: ast.Module) -> Iterator[str]:
    """The modules of the same directory that a file imports with a dot, at its top or inside its functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            yield from [node.module.partition(".")[0]] if node.module else [alias.name for alias in node.names]
