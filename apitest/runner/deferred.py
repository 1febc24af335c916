"""Keeps click and behave from loading at once what most runs never use, such as asyncio, inspect and translations."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import BinaryIO

from apitest.expressions import expression

_CALLED_LATER: Mapping[str, tuple[str, ...]] = {
    "behave.async_step": ("AsyncStepFunction",),
    "configparser": ("ConfigParser",),
    "difflib": (),
    "inspect": (),
    "ipaddress": (),
    "logging.config": (),
    "pickle": (),
    "queue": (),
    "tokenize": ("open",),
}
"""Modules that are imported at once, and those of their names that are, but called, if at all, once all is loaded."""

_MAY_BE_OF_BEHAVE = expression(rb"""tool["']?\s*\.\s*["']?behave|(?:^|[{,])\s*["']?behave["']?\s*[.=]""", re.MULTILINE)


def _untranslated(text: str) -> str:
    return text


def _number_untranslated(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


def _system() -> str:
    return "Windows" if sys.platform == "win32" else os.uname().sysname


def _usual_size() -> os.terminal_size:
    return os.terminal_size((80, 24))


def _is_class(thing: object) -> bool:
    return isinstance(thing, type)


def _of_behave(file: BinaryIO) -> object:
    """What a pyproject.toml says, where any of it can be of behave."""
    content = file.read()
    return _real("tomllib").loads(content.decode("utf-8")) if _MAY_BE_OF_BEHAVE.search(content) else {}


def _without_margin(text: str) -> str:
    cleaned: str = text.strip() if "\n" not in text else _real("inspect").cleandoc(text)
    return cleaned


_CALLED_AT_ONCE: Mapping[str, Mapping[str, Callable[..., object]]] = {
    "gettext": {"gettext": _untranslated, "ngettext": _number_untranslated},
    "inspect": {"cleandoc": _without_margin, "isclass": _is_class},
    "platform": {"system": _system},
    "shutil": {"get_terminal_size": _usual_size},
    "tomllib": {"load": _of_behave},
}
"""What is called while all is loaded, and what does the same: neither click nor argparse brings translations along, and
nobody sees the help that argparse would lay out."""


@contextmanager
def imports() -> Iterator[None]:
    """While click or behave is loaded, each of these modules is a stand-in that loads the real one when it is used.

    Afterwards whoever imports one of them gets the real one.
    """
    names = (*_CALLED_LATER, *_CALLED_AT_ONCE.keys() - _CALLED_LATER.keys())
    absent = {name: _stand_in(name) for name in names if name not in sys.modules}
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name, module in absent.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


class _StandIn(ModuleType):
    """A module that is loaded when something of it is used."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # what the import system asks for
            raise AttributeError(name)
        return getattr(_real(self.__name__), name)


def _real(name: str) -> ModuleType:
    if isinstance(sys.modules.get(name), _StandIn):
        del sys.modules[name]
    return import_module(name)


def _stand_in(name: str) -> ModuleType:
    module = _StandIn(name)
    for called in _CALLED_LATER.get(name, ()):
        setattr(module, called, _later(name, called))
    for called, function in _CALLED_AT_ONCE.get(name, {}).items():
        setattr(module, called, function)
    return module


def _later(name: str, called: str) -> Callable[..., object]:
    def call(*arguments: object, **named: object) -> object:
        function: Callable[..., object] = getattr(_real(name), called)
        return function(*arguments, **named)

    return call
