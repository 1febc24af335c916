"""Functions of the project's own Python that cannot be called as behave calls them: what is wrong, and where."""

import inspect
import os
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Mapping, Sequence

from apitest.errors import ProjectError

_LIKELY = ("context", "feature", "rule", "scenario", "step", "tag")


def called_wrongly(function: Callable[..., object], error: TypeError) -> bool:
    """Whether an error was raised by the call of a function itself, and not by what it does."""
    trace = error.__traceback__
    return trace is not None and trace.tb_next is None and bool(_place(function))


def wrong_signature(
    function: Callable[..., object], arguments: Sequence[object], named: Mapping[str, object], error: TypeError
) -> ProjectError:
    """The error of a hook or step that does not take what it is given.

    Args:
        function: of the project.
        arguments: what it was called with, the context first.
        named: likewise, by name.
        error: what the call raised.
    """
    hook = getattr(function, "__name__", "function")
    given = [_word(argument, hook) for argument in arguments[1:]]
    if len(given) > 1:  # what a step without names is given
        given = [f"{word}{number}" for number, word in enumerate(given, 1)]
    words = ["context", *given, *named]
    return ProjectError(
        f"{_name(function)} does not take what it is called with: {_reason(error)}",
        _place(function),
        f"Write def {hook}({', '.join(words)}):",
    )


def never_ran(
    function: Callable[..., object],
    result: Coroutine[object, object, object] | Generator[object, object, object] | AsyncGenerator[object, object],
) -> ProjectError:
    """The error of a function whose body did not run when it was called, since it is asynchronous or has a yield."""
    if isinstance(result, Coroutine):
        result.close()
        fix = "Write @async_run_until_complete above it, from behave.api.async_step, or make it a plain def"
        return ProjectError(f"{_name(function)} is asynchronous, so nothing of it has run", _place(function), fix)
    fix = "Take the yield out; what has to run before and after a test is a fixture of behave"
    return ProjectError(f"{_name(function)} has a yield, so nothing of it has run", _place(function), fix)


def _name(function: Callable[..., object]) -> str:
    return f"{getattr(function, '__qualname__', repr(function))}()"


def _reason(error: TypeError) -> str:
    """What Python says, without the name of the function."""
    return str(error).partition("() ")[2] or str(error)


def _word(argument: object, hook: str) -> str:
    """A name for an argument: that of the thing a hook is given, or of a parameter of a step without one."""
    kind = hook.rpartition("_")[2]
    return kind if kind in _LIKELY else "value" if isinstance(argument, str) else type(argument).__name__.lower()


def _place(function: Callable[..., object]) -> str:
    """The file and line of a function; empty where it has none."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return f"{os.path.relpath(code.co_filename)}:{code.co_firstlineno}" if code else ""
