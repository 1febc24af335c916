"""Where services are imported from: the old import name, and the directory of user services as a package.

``zato.server.service`` exists in ``sys.modules`` only, put there when a server starts; nothing is installed under
that name. A directory of user services is a package of its own, so that its files can import each other with a
dot and can be called what they like (``json.py``) without hiding anything. Their code is always compiled from the
source: a byte-code cache goes by the second, and a file may be replaced twice in one.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from apitest_server import errors
from apitest_server.service import base, elements

_numbers = count(1)
_OLD_PACKAGES = ("zato", "zato.server", "zato.common")


def provide_old_names() -> None:
    """Makes ``from zato.server.service import …`` and ``from zato.common.exception import …`` work."""
    if "zato.server.service" in sys.modules:
        return
    for name in _OLD_PACKAGES:
        if name not in sys.modules:
            package = ModuleType(name)
            package.__path__ = []
            _register(name, package)
    _register("zato.server.service", _module_of(Service=base.Service, **elements.ELEMENTS))
    exceptions = {name: getattr(errors, name) for name in _EXCEPTIONS}
    _register("zato.common.exception", _module_of(**exceptions))


_EXCEPTIONS = (
    "BadRequest",
    "Conflict",
    "Forbidden",
    "MethodNotAllowed",
    "NotFound",
    "ServiceUnavailable",
    "TooManyRequests",
    "Unauthorized",
)


def _module_of(**contents: Any) -> ModuleType:
    module = ModuleType("module")
    vars(module).update(contents)
    return module


def _register(name: str, module: ModuleType) -> None:
    module.__name__ = name
    sys.modules[name] = module
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], own, module)


class _Loader(SourceFileLoader):
    def path_stats(self, path: Any) -> Any:
        """No times and sizes: without them the import system neither reads nor writes byte code."""
        raise OSError


class UserPackage(MetaPathFinder):
    """A directory of user services as a package under a name of its own.

    Attributes:
        name: the package's name, unique in the process.
        directory: the directory.
    """

    def __init__(self, directory: Path) -> None:
        self.name = f"user_services_{next(_numbers)}"
        self.directory = directory

    def install(self) -> None:
        """Makes the package importable."""
        package = ModuleType(self.name)
        package.__path__ = [str(self.directory)]
        sys.modules[self.name] = package
        sys.meta_path.insert(0, self)

    def uninstall(self) -> None:
        """Forgets the package and everything that was imported from it."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        for name in [name for name in sys.modules if name == self.name or name.startswith(self.name + ".")]:
            del sys.modules[name]

    def module_name(self, file: Path) -> str:
        """The full name of a file's module."""
        return f"{self.name}.{file.stem}"

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The import system's question: a module of this package, or not ours."""
        package, _, stem = fullname.rpartition(".")
        if package != self.name:
            return None
        file = self.directory / f"{stem}.py"
        if not file.is_file():
            return None
        return spec_from_file_location(fullname, file, loader=_Loader(fullname, str(file)))
