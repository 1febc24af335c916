"""Puts the old import names in place while a project runs, and takes them away again.

Nothing is built beforehand: finders that Python asks when a project imports one of the names are all there is.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from apitest.compat import running
from apitest.project import imports_zato_apitest

if TYPE_CHECKING:
    from apitest.context import RunState

_ROOT = "zato.apitest"
_PACKAGES = frozenset(("zato", _ROOT, f"{_ROOT}.steps", "datadiff"))
_OURS = frozenset(
    (
        _ROOT,
        *(f"{_ROOT}.{name}" for name in ("util", "typing_", "steps")),
        *(f"{_ROOT}.steps.{name}" for name in ("common", "json", "xml", "sql", "cassandra_", "zato_")),
    )
)
# A parent for zato.apitest, and what zato-apitest brought along: an installed one is taken as it is.
_IF_ABSENT = frozenset(("zato", "bunch", "datadiff", "datadiff.tools", "base32_crockford"))


class _Names:
    """A loader that gives a module its public names, each made when a project first asks for it."""

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ != "zato":
            from apitest.compat import names

            names.fill(module)


class _Finder:
    """Finds the modules of the given names."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._names:
            return None
        is_package = fullname in _PACKAGES
        return ModuleSpec(fullname, _Names(), origin="apitest", is_package=is_package)  # type: ignore[arg-type]  # no load_module since Python 3.12


@contextmanager
def installed(state: "RunState") -> Iterator[None]:
    """The old names exist within: zato.apitest and its modules, and bunch and datadiff where they are not installed.

    An installed zato.apitest gives way meanwhile; afterwards everything is as it was before.

    Args:
        state: of the run that the projects' ``new_context`` belongs to.
    """
    hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if _is_old(name)}
    parent = sys.modules.get("zato")
    first, last = _Finder(_OURS), _Finder(_IF_ABSENT)
    sys.meta_path.insert(0, first)
    sys.meta_path.append(last)
    running.states.append(state)
    try:
        yield
    finally:
        running.states.pop()
        sys.meta_path.remove(first)
        sys.meta_path.remove(last)
        _remove_ours(keep_parent=parent is not None)
        sys.modules.update(hidden)
        _bind(sys.modules.get("zato"), hidden.get(_ROOT))


def is_old_style(function: Callable[..., object]) -> bool:
    """Whether a step's function stands in a file that imports from zato.apitest.

    There, parameters were given to steps as they stand in the text, unless a step was decorated with obtain_values.
    """
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    code = getattr(function, "__code__", None)
    return code is not None and _imports_old_names(code.co_filename)


@lru_cache(maxsize=256)
def _imports_old_names(filename: str) -> bool:
    return imports_zato_apitest(Path(filename))  # false for code that is not from a file


def _is_old(name: str) -> bool:
    return name == _ROOT or name.startswith(f"{_ROOT}.")


def _remove_ours(keep_parent: bool) -> None:
    for name in _OURS | _IF_ABSENT:  # Not all modules of the process: there are thousands, and runs that take no time
        if isinstance(getattr(getattr(sys.modules.get(name), "__spec__", None), "loader", None), _Names):
            del sys.modules[name]
    if not keep_parent and "zato" in sys.modules and not any(name.startswith("zato.") for name in list(sys.modules)):
        del sys.modules["zato"]


def _bind(parent: ModuleType | None, child: ModuleType | None) -> None:
    """Makes the package's attribute ``apitest`` what it was."""
    if parent is None:
        return
    if child is not None:
        vars(parent)["apitest"] = child
    else:
        vars(parent).pop("apitest", None)
