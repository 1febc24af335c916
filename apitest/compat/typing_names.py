"""The names of zato.apitest.typing_, which projects use in annotations."""

import typing
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, cast

_EXACT: dict[str, Any] = {
    "any_": Any,
    "anydict": dict[Any, Any],
    "anylist": list[Any],
    "callable_": Callable,
    "cast_": cast,
    "dict_": dict,
    "generator_": Generator,
    "intlist": list[int],
    "iterator_": Iterator,
    "list_": list,
    "optional": typing.Optional,
    "path_": Path,
    "set_": set,
    "strlist": list[str],
    "stranydict": dict[str, Any],
    "strdict": dict[str, Any],
    "strstrdict": dict[str, str],
    "tuple_": tuple,
    "type_": type,
    "union_": typing.Union,
}


def find(name: str) -> Any:
    """The type that a name stands for; of the many rarely used ones, none is more exact than Any.

    Raises:
        AttributeError: it is not the name of a type.
    """
    if name.startswith("__"):
        raise AttributeError(name)
    return _EXACT.get(name, Any)
