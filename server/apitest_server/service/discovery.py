"""Which services a file holds, read from its syntax tree: nothing of it is run.

A class is a service if it derives from ``Service``, directly or through another class of the file. Classes that
only others derive from (no ``handle`` anywhere) are none. A file whose classes derive from classes of another user
file cannot be judged alone; it is imported instead.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from apitest_server.errors import DeploymentError
from apitest_server.service.base import Service, is_concrete
from apitest_server.service.modules import UserPackage
from apitest_server.service.names import service_name
from apitest_server.service.store import Deployed, import_failed

_ROOTS = {"Service"}


@dataclass
class _Class:
    node: ast.ClassDef
    bases: set[str]
    is_service: bool = False
    handles: bool = False


def user_services(package: UserPackage) -> list[Deployed]:
    """The services of a directory's files, in the order of the files' names.

    Raises:
        DeploymentError: a file cannot be read or parsed; its line is named.
    """
    files = sorted(package.directory.glob("*.py"))
    return [service for file in files for service in services_of(package, file)]


def services_of(package: UserPackage, file: Path) -> list[Deployed]:
    """The services of one file."""
    module = package.module_name(file)
    tree = _tree(file)
    if _derives_from_neighbours(tree):
        try:
            return list(services_of_module(import_module(module)))
        except Exception as error:
            raise import_failed(module, error) from error
    return [
        Deployed(_name(found.node) or service_name(file.stem, name), f"{module}:{name}", str(file))
        for name, found in _classes(tree).items()
        if found.is_service and found.handles
    ]


def services_of_module(module: ModuleType, internal: bool = False) -> Iterator[Deployed]:
    """The services of an imported module: the classes that were defined in it."""
    for name, cls in vars(module).items():
        if not (isinstance(cls, type) and issubclass(cls, Service)) or cls.__module__ != module.__name__:
            continue
        if is_concrete(cls):
            own = vars(cls).get("name") or service_name(module.__name__, name)
            yield Deployed(own, f"{module.__name__}:{name}", module.__file__ or "", internal)


def declared_names(tree: ast.Module, module: str) -> list[str]:
    """The names of the services of a module, as far as its syntax tells; what derives from other modules counts."""
    names = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            name = _name(node)
            if name or _last_parts(node) & _ROOTS:
                names.append(name or service_name(module, node.name))
    return names


def _tree(file: Path) -> ast.Module:
    try:
        return ast.parse(file.read_bytes(), str(file))
    except SyntaxError as error:
        raise DeploymentError(f"{file.name} is no valid Python: {error.msg}", f"{file}:{error.lineno}") from None
    except (OSError, ValueError) as error:
        raise DeploymentError(f"{file.name} cannot be read: {error}", str(file)) from None


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


def _derives_from_neighbours(tree: ast.Module) -> bool:
    """Whether a base, or a name that is no plain string, can only be known by importing the file."""
    near = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return any(ast.unparse(base).partition(".")[0] in near for node in classes for base in node.bases)
