"""Keeps behave from loading what most runs never use: asyncio, for steps that are coroutines, and TOML."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

_CALLED_LATER = {"behave.async_step": "AsyncStepFunction", "tomllib": "load"}
"""Modules that behave imports at once, and the one name of each that it calls, if it does, once all is loaded."""


@contextmanager
def imports() -> Iterator[None]:
    """While behave is imported, each of these modules is a stand-in whose function loads the real one when called.

    Afterwards whoever imports one of them gets the real one.
    """
    absent = {name: _stand_in(name, called) for name, called in _CALLED_LATER.items() if name not in sys.modules}
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name, module in absent.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _stand_in(name: str, called: str) -> ModuleType:
    module = ModuleType(name)
    setattr(module, called, _later(name, called))
    return module


def _later(name: str, called: str) -> Callable[..., object]:
    def call(*arguments: object, **named: object) -> object:
        function: Callable[..., object] = getattr(import_module(name), called)
        return function(*arguments, **named)

    return call
