"""The user services' files as a package, so that they can import each other with a dot.

A package is the files as they were at one time, held in memory: what is on the disk may change, even while a module is
imported, and a package does not. When a file is replaced, a new package takes the place of the old one. It borrows
each module that the change does not touch from the package that had it first, so such a module keeps its state and is
imported once; calls that began in the old package end there.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from itertools import count
from types import CodeType, ModuleType

from apitest_server.deploy.user_file import UserFile

_numbers = count(1)


class UserPackage:
    """User files as a package with a unique name, so that a file may have any name, ``json.py`` for example.

    Args:
        files: by the name of their module, without the package.
        owners: which of them are borrowed, and the full names of their modules.

    Attributes:
        name: the package's name, unique in the process.
    """

    def __init__(self, files: Mapping[str, UserFile], owners: Mapping[str, str] | None = None) -> None:
        self.name = f"user_services_{next(_numbers)}"
        self.files = files
        self._owners = dict(owners or {})

    def module_name(self, stem: str) -> str:
        """The full name of a file's module, in the package that had it first."""
        return self._owners.get(stem) or f"{self.name}.{stem}"

    def owns(self, module: str) -> bool:
        """Whether a full name is of a module that this package had first."""
        return module.startswith(self.name + ".")

    def is_loaded(self, stem: str) -> bool:
        """Whether a file's module has been imported."""
        return self.module_name(stem) in sys.modules

    def load(self, stem: str) -> ModuleType:
        """A file's module, imported if it was not before."""
        return import_module(self.module_name(stem))

    def install(self) -> None:
        """Makes the package importable."""
        package = ModuleType(self.name)
        package.__path__ = []
        sys.modules[self.name] = package
        if _finder not in sys.meta_path:
            sys.meta_path.insert(0, _finder)
        _finder.packages[self.name] = self

    def uninstall(self) -> None:
        """Forgets the package and everything that was imported from it."""
        _finder.packages.pop(self.name, None)
        # Others import meanwhile; and an import that was given up takes its module out of there when it ends.
        for name in [name for name in list(sys.modules) if name == self.name or self.owns(name)]:
            sys.modules.pop(name, None)

    def spec(self, stem: str, fullname: str) -> ModuleSpec | None:
        """Where the import system gets a module from; ``None`` where there is no such file."""
        file = self.files.get(stem)
        if file is None:
            return None
        if stem in self._owners:
            return ModuleSpec(fullname, _Borrower(self._owners[stem]))
        return spec_from_file_location(fullname, file.path, loader=_Compiled(fullname, file))


class _Finder(MetaPathFinder):
    """One for all packages of the process."""

    def __init__(self) -> None:
        self.packages: dict[str, UserPackage] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The import system's question: a module of one of the packages, or not ours."""
        package, _, stem = fullname.rpartition(".")
        found = self.packages.get(package)
        return found.spec(stem, fullname) if found else None


class _Compiled(SourceFileLoader):
    """Runs a file's code as it was compiled when the file was read; byte code on the disk is not used."""

    def __init__(self, fullname: str, file: UserFile) -> None:
        super().__init__(fullname, str(file.path))
        self.file = file

    def get_code(self, fullname: str) -> CodeType:
        """The code."""
        return self.file.code


class _Borrower(Loader):
    """Gives a module under another name, as it is."""

    def __init__(self, owner: str) -> None:
        self.owner = owner

    def create_module(self, spec: ModuleSpec) -> None:
        """The import system makes an empty one."""

    def exec_module(self, module: ModuleType) -> None:
        """Puts the real one in its place, as the import system allows."""
        sys.modules[module.__name__] = import_module(self.owner)


_finder = _Finder()
