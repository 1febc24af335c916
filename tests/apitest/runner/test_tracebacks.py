"""Whose frames a traceback shows."""

import json
from types import TracebackType

import pytest

from apitest.errors import ApitestError
from apitest.language import values
from apitest.runner.tracebacks import mistake_of_ours, own_frames, own_traceback, without_engine


def raised(function: object, *arguments: object) -> BaseException:
    """The exception that a call raises, its traceback without this module's frames."""
    try:
        function(*arguments)  # type: ignore[operator]  # whatever a test calls
    except BaseException as error:
        trace = error.__traceback__
        assert trace is not None
        return error.with_traceback(trace.tb_next)
    raise AssertionError("nothing was raised")


def test_code_of_a_library_alone_is_not_shown() -> None:
    """Nothing of it is the user's."""
    error = raised(json.loads, "{")
    assert own_traceback(error) == ""
    assert own_frames(error.__traceback__) == []
    assert without_engine(error.__traceback__) is None


def test_what_the_users_code_called_is_shown_with_it() -> None:
    """The first frame is the user's, those of the library follow."""

    def own() -> None:
        json.loads("{")

    error = raised(own)
    shown = own_traceback(error)
    assert "in own" in shown.splitlines()[0]
    assert "decoder.py" in shown
    trace = without_engine(error.__traceback__)
    assert isinstance(trace, TracebackType)
    assert trace.tb_frame.f_code.co_name == "own"


@pytest.mark.parametrize("from_it", [True, False])
def test_causes_follow(from_it: bool) -> None:
    """An error that another was raised from, or that was raised while it was handled, is shown below it."""

    def own() -> None:
        try:
            raise KeyError("inner")
        except KeyError as error:
            if from_it:
                raise ValueError("outer") from error
            raise ValueError("outer")  # noqa: B904 - what users write, too

    shown = own_traceback(raised(own))
    assert "Caused by KeyError: 'inner'" in shown
    assert shown.index('raise ValueError("outer")') < shown.index("Caused by")


def test_a_suppressed_cause_is_not_shown() -> None:
    """`raise … from None` means it."""

    def own() -> None:
        try:
            raise KeyError("inner")
        except KeyError:
            raise ValueError("outer") from None

    assert "Caused by" not in own_traceback(raised(own))


def test_a_cause_that_is_the_users_below_an_error_that_is_not() -> None:
    """Only the cause is shown."""
    error = ApitestError("ours")
    error.__cause__ = raised(lambda: {}["x"])
    assert own_traceback(error).startswith("Caused by KeyError: 'x'\n")


def test_mistakes_of_apitest_are_named_as_such() -> None:
    """With the place in apitest that they come from; errors of other code are none."""
    assert "apitest/language/values.py:" in mistake_of_ours(raised(values.resolve, None, None))
    assert mistake_of_ours(raised(json.loads, "{")) == ""
