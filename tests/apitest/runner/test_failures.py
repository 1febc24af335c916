"""What a failure tells a person, and what the process exits with."""

import pytest

from apitest.errors import CheckFailed, ProjectError, Unreachable
from apitest.language.registry import load
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


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ('adress "x"', 'Did you mean: address "x"'),
        ('header "X"', "`apitest steps WORD` searches"),  # all that is near says more than that
        ('I store the greeting of "x" under "y"', "Nearest is:   "),
        ("the weather is fine today in the whole country", "`apitest steps WORD` searches"),
    ],
)
def test_undefined_steps(text: str, start: str) -> None:
    """A slip of the pen is told with the sentence meant, others with what is nearest, the rest with where to look."""
    failure = failures.undefined(text, load(MODULES))
    assert failure.problem == f"Undefined step: {text}"
    assert failure.fix.startswith(start)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (AssertionError("no"), "ASSERT FAILED: no"),
        (CheckFailed("It differs"), "ASSERT FAILED: It differs"),
        (Unreachable("Nothing there"), "ERROR: Nothing there"),
        (KeyError("x"), "ERROR: KeyError: 'x'"),
        (KeyboardInterrupt(), "ERROR: Interrupted"),
        (SystemExit(), "ERROR: SystemExit"),
        (ValueError("no"), "ERROR: ValueError: no"),
    ],
)
def test_what_behaves_reports_are_told(error: BaseException, told: str) -> None:
    """As behave words it, without a traceback where there is none."""
    assert failures.message(error, failures.of(error)) == told


def test_an_assertion_without_words() -> None:
    """It is said that it was one."""
    assert failures.of(AssertionError()).problem == "An assertion of the project's own code failed"


def test_a_mistake_of_ours_is_named_as_such() -> None:
    """Where none of the project's own code is involved, the place in apitest is told."""
    with pytest.raises(AttributeError) as raised:
        failures.undefined("x", None)  # type: ignore[arg-type]  # the mistake
    trace = raised.value.__traceback__
    assert trace is not None
    failure = failures.of(raised.value.with_traceback(trace.tb_next))
    assert failure.traceback == ""
    assert failure.fix.startswith("This is a mistake in apitest itself, at apitest/runner/failures.py:")


class TestLoading:
    """Errors of a project's own Python."""

    def test_one_of_ours_stays_what_it_is(self) -> None:
        """It says all that there is to say."""
        error = ProjectError("It is wrong")
        assert failures.loading("steps", "features", error) is error

    def test_a_syntax_error(self) -> None:
        """Its line is shown, marked."""
        with pytest.raises(SyntaxError) as raised:
            compile("a = = 1\n", "steps/own.py", "exec")
        error = failures.loading("steps", "features", raised.value)
        assert error.where == "steps/own.py:1"
        assert error.excerpt.splitlines() == ["a = = 1", "    ^"]

    def test_any_other(self) -> None:
        """Its traceback is shown, from the project's own code on."""
        with pytest.raises(KeyError) as raised:
            raise KeyError("x")
        error = failures.loading("steps", "features", raised.value)
        assert error.problem == "steps cannot be loaded: KeyError: 'x'"
        assert 'raise KeyError("x")' in error.excerpt


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("status is 200", 'Values stand between straight double quotes: status is "200"'),
        ('address "a" "b', "A value that a quote opens must be closed with another one"),
        ('adress "a"', 'Did you mean: address "a"'),
    ],
)
def test_an_undefined_step(text: str, fix: str) -> None:
    """What is wrong with its quotes goes before sentences that are near."""
    assert failures.undefined(text, load(MODULES)).fix.splitlines()[0] == fix


def test_an_undefined_step_that_looks_right() -> None:
    """What cannot be seen is told, after what it was meant to be; nobody minds it within a value."""
    fix = failures.undefined('address\u00a0"a\u00a0b"', load(MODULES)).fix.splitlines()
    assert fix[0] == 'Did you mean: address "a\u00a0b"'
    assert fix[1] == "There is an invisible NO-BREAK SPACE (U+00A0) after address: write a plain blank there"
    assert "invisible" not in failures.undefined('adress "a\u00a0b"', load(MODULES)).fix


class Unspeakable(Exception):
    """Its text is made of what it does not have."""

    def __str__(self) -> str:
        return str(vars(self)["detail"])


UNSPEAKABLE = "its text cannot be had, since Unspeakable.__str__ raises KeyError"


def test_an_exception_whose_text_cannot_be_had() -> None:
    """It is told by its kind, and so is one that it led to."""
    assert failures.of(Unspeakable()).problem == f"Unspeakable: {UNSPEAKABLE}"
    assert failures.message(Unspeakable(), failures.of(Unspeakable())) == f"ERROR: Unspeakable: {UNSPEAKABLE}"
    assert failures.loading("steps", "here", Unspeakable()).problem.endswith(f"Unspeakable: {UNSPEAKABLE}")
    try:
        raise KeyError("x") from Unspeakable()
    except KeyError as error:
        error.__cause__ = error.__cause__ and error.__cause__.with_traceback(error.__traceback__)
        assert f"Caused by Unspeakable: {UNSPEAKABLE}" in failures.of(error).traceback
