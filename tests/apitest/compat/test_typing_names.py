from typing import Any, get_type_hints

import pytest

from apitest.compat import typing_names


def test_usual_names_are_exact() -> None:
    """They mean what they say, so that annotations can be looked at."""
    space = {name: typing_names.find(name) for name in ("strlist", "stranydict", "optional", "int_")}

    def function(a: "strlist", b: "optional[stranydict]") -> None:  # type: ignore[name-defined]  # noqa: F821
        """Has two parameters."""

    assert get_type_hints(function, space) == {"a": list[str], "b": dict[str, Any] | None, "return": type(None)}


def test_rare_names_are_any() -> None:
    """Any name can be imported."""
    assert typing_names.find("strdictnone") is Any


def test_a_modules_own_names_are_not_types() -> None:
    """What Python looks for in a module is absent."""
    with pytest.raises(AttributeError, match="__path__"):
        typing_names.find("__path__")
