"""Foreign errors become ours, all of them."""

import inspect
from types import ModuleType

import pytest
import requests.exceptions
import urllib3.exceptions

from apitest.clients.http.errors import KNOWN, Attempt, translate
from apitest.errors import ApitestError, Unreachable

ATTEMPT = Attempt("GET http://h/", "h:80", 30)


def errors_of(module: ModuleType) -> list[type[Exception]]:
    return [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and not issubclass(kind, Warning) and kind.__module__ == module.__name__
    ]


@pytest.mark.parametrize("module", [requests.exceptions, urllib3.exceptions])
def test_every_error_is_known(module: ModuleType) -> None:
    """No class of errors of requests and urllib3 is left to chance."""
    missing = [kind.__name__ for kind in errors_of(module) if kind not in KNOWN]
    assert not missing


@pytest.mark.parametrize("kind", sorted(KNOWN, key=lambda kind: kind.__qualname__))
def test_every_error_can_be_told(kind: type[BaseException]) -> None:
    """Each error, even one without any text, becomes one of ours with a problem and a place."""
    error = kind.__new__(kind)
    told = translate(error, ATTEMPT)
    assert isinstance(told, ApitestError)
    assert told.problem
    assert told.where == "GET http://h/"


def test_innermost_text_is_shown() -> None:
    """An error that wraps others is told by what they say, without object addresses."""
    inner = OSError(113, "No route to host")
    wrapped = requests.exceptions.ConnectionError(
        urllib3.exceptions.MaxRetryError(None, "/", urllib3.exceptions.NewConnectionError(None, "x"))  # type: ignore[arg-type]
    )
    wrapped.args[0].reason.__cause__ = inner
    assert translate(wrapped, ATTEMPT).problem == "No connection to h:80: No route to host"


def test_unknown_error_is_told_all_the_same() -> None:
    """An error of neither library is unreachable, with its text."""
    told = translate(RuntimeError("cannot start new thread"), ATTEMPT)
    assert type(told) is Unreachable
    assert told.problem == "The request failed: cannot start new thread"
