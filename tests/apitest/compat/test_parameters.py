from typing import Any

import pytest

from apitest.compat.parameters import RAW, config_functions, needs_json, obtain_values
from apitest.errors import BadValue, UnknownValue


def test_named_parameters_are_resolved(ctx: Any) -> None:
    """Each as a parameter of a sentence is: whole ones keep their type, those in a text become text."""
    ctx.zato.user_ctx.update(n=3, name="Maria")

    @obtain_values
    def step(ctx: Any, first: Any, **named: Any) -> list[Any]:
        return [first, *named.values()]

    assert step(ctx, "#n", whole="#n", within="hello #{name}", plain="a", none=None) == [
        "#n",
        3,
        "hello Maria",
        "a",
        None,
    ]


def test_a_decorated_step_keeps_its_name_and_is_marked() -> None:
    """The runner gives such a step its parameters as they stand in the text, so that they are resolved once."""

    @obtain_values
    def step(ctx: Any) -> None:
        """Told."""

    assert (step.__name__, step.__doc__) == ("step", "Told.")
    assert getattr(step, RAW) is True
    assert getattr(needs_json(step), RAW) is True


def test_a_step_for_json_refuses_other_formats(ctx: Any) -> None:
    """JSON is what a response is where nothing is said."""

    @needs_json
    def step(ctx: Any, value: int) -> int:
        return value

    assert step(ctx, value=1) == 1
    ctx.zato.request.format = "XML"
    with pytest.raises(BadValue, match="XML"):
        step(ctx, value=1)
    ctx.zato.request.response_format = "JSON"
    assert step(ctx, 2) == 2


def test_each_source_has_its_function(ctx: Any) -> None:
    """By the sign that stands before a name."""
    ctx.zato.user_ctx["n"] = 3
    ctx.zato.user_config["c"] = "d"
    assert config_functions["#"](ctx, "n") == 3
    assert config_functions["@"](ctx, "c") == "d"
    assert config_functions["$"](ctx, "SECRET") == "s3cret-value"
    with pytest.raises(UnknownValue, match="secret/one"):
        config_functions["vault:"](ctx, "vault:secret/one")
