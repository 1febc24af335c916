"""What a failure tells a person, and what the process exits with."""

import pytest

from apitest.errors import CheckFailed, Unreachable
from apitest.registry import load
from apitest.runner import failures
from apitest.steps import MODULES


@pytest.mark.parametrize(
    ("statuses", "reason", "expected"),
    [
        (set(), "", 0),
        ({1}, "", 1),
        ({1, 3}, "", 3),
        ({1, 2, 3}, "", 2),
        ({1}, "before_all failed", 1),
        ({1, 2}, "Interrupted", 130),
        (set(), "KeyboardInterrupt in before_scenario", 130),
    ],
)
def test_exit_status(statuses: set[int], reason: str, expected: int) -> None:
    """An interruption goes before a fault, that before an unreachable system, and that before a failed check."""
    assert failures.exit_status(statuses, reason) == expected


def test_an_error_of_ours_has_no_traceback() -> None:
    """All parts of the error are there, and the exit status of its kind."""
    failure = failures.of(CheckFailed("It differs", "here", "do that", expected="1", actual="2", diff=("- 1", "+ 2")))
    assert failure[:6] == ("CheckFailed", 1, "It differs", "here", "do that", "")
    assert (failure.expected, failure.actual, failure.diff, failure.traceback) == ("1", "2", ("- 1", "+ 2"), "")
    assert failures.of(Unreachable("Nothing there")).exit_status == 3


def test_an_error_of_the_users_code_has_its_traceback() -> None:
    """The lines of that code are shown, and the kind of the exception."""
    try:
        raise KeyError("x")
    except KeyError as error:
        failure = failures.of(error)
    assert failure.problem == "KeyError: 'x'"
    assert 'raise KeyError("x")' in failure.traceback


def test_secrets_are_masked_everywhere() -> None:
    """No part of a failure holds a secret."""
    failure = failures.of(CheckFailed("It is s3cret", "s3cret", expected="s3cret", diff=("- s3cret",)))
    assert "s3cret" not in str(failures.masked(failure, {"s3cret"}))
    assert failures.masked(failure, set()) is failure


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ('adress "x"', 'Did you mean: address "x"'),
        ('header "X"', "Nearest is:   "),  # which takes another number of values
        ('I store the greeting of "x" under "y"', "Nearest is:   "),
        ("the weather is fine today in the whole country", "`apitest steps WORD` searches"),
    ],
)
def test_undefined_steps(text: str, start: str) -> None:
    """A slip of the pen is told with the sentence meant, others with what is nearest, the rest with where to look."""
    failure = failures.undefined(text, load(MODULES))
    assert failure.problem == f"No step reads: {text}"
    assert failure.fix.startswith(start)
