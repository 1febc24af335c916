"""What a step's parameters refer to: for steps that resolve them themselves, as zato-apitest's did."""

import functools
from collections.abc import Callable

from apitest.context import StepContext
from apitest.errors import BadValue

RAW = "__apitest_raw__"  # the runner's mark of functions that are given their parameters as they stand in the text


def obtain_values(func: Callable[..., object]) -> Callable[..., object]:
    """Decorates a step: ``$NAME``, ``#name``, ``@name`` and ``vault:path`` in its named parameters are resolved."""

    @functools.wraps(func)
    def with_values(ctx: StepContext, *args: object, **kwargs: object) -> object:
        resolve = ctx.zato.resolve
        found = {name: resolve(value) if isinstance(value, str) else value for name, value in kwargs.items()}
        return func(ctx, *args, **found)

    setattr(with_values, RAW, True)
    return with_values


def needs_json(func: Callable[..., object]) -> Callable[..., object]:
    """Decorates a step that makes sense for JSON responses only."""

    @functools.wraps(func)
    def with_json(ctx: StepContext, *args: object, **kwargs: object) -> object:
        kind = ctx.zato.request.response_format
        if kind != "JSON":
            raise BadValue(
                f"This step works with JSON responses only, and the response's format is {kind}",
                fix='Given response format "JSON"',
            )
        return func(ctx, *args, **kwargs)

    return with_json


def get_value_from_environ(ctx: StepContext, name: str) -> object:
    """An environment variable."""
    return ctx.zato.resolve(f"${name}")


def get_value_from_ctx(ctx: StepContext, name: str) -> object:
    """A stored variable, with its type."""
    return ctx.zato.resolve(f"#{name}")


def get_value_from_config(ctx: StepContext, name: str) -> object:
    """A value of the [user] section in config.ini."""
    return ctx.zato.resolve(f"@{name}")


def get_value_from_vault(ctx: StepContext, name: str) -> object:
    """A value in HashiCorp Vault; the name may start with ``vault:``."""
    return ctx.zato.resolve(f"vault:{name.removeprefix('vault:')}")


config_functions = {
    "$": get_value_from_environ,
    "#": get_value_from_ctx,
    "@": get_value_from_config,
    "vault:": get_value_from_vault,
}
