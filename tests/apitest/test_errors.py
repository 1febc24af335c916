"""Errors as people read them."""

import pickle

import pytest

from apitest import errors
from apitest.errors import ApitestError, CheckFailed, ChecksNothing, SearchStopped, Unreachable, UsageError
from apitest.events import Failure


def subclasses(cls: type) -> list[type]:
    """All classes below one."""
    return [found for direct in cls.__subclasses__() for found in (direct, *subclasses(direct))]


OURS = [cls for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, ApitestError)]


def test_the_parts_of_an_error() -> None:
    """The problem comes first, then the place, the excerpt with its marker, and the fix; further lines are aligned."""
    error = ApitestError("It is wrong\nin two ways", "a.feature:1", "Do this\nthen that", "Given x\n      ^")
    assert str(error).splitlines() == [
        "It is wrong",
        "in two ways",
        "  where: a.feature:1",
        "  | Given x",
        "  |       ^",
        "  fix: Do this",
        "       then that",
    ]


def test_an_error_without_anything() -> None:
    """Its kind is better than nothing."""
    assert str(ApitestError("")) == "ApitestError"


def test_a_check_that_failed() -> None:
    """Expected, actual and the diff stand between the problem and the place."""
    error = CheckFailed("They differ", "path /a", "Look", expected="1", actual="2", diff=("- 1", "+ 2"))
    assert str(error).splitlines() == [
        "They differ",
        "  - 1",
        "  + 2",
        "  expected  1",
        "  actual    2",
        "  where: path /a",
        "  fix: Look",
    ]
    assert isinstance(error, AssertionError)


@pytest.mark.parametrize("cls", OURS)
def test_exit_statuses(cls: type[ApitestError]) -> None:
    """1 is a check that failed or was stopped, 3 a system that cannot be reached, 2 everything else."""
    expected = 1 if issubclass(cls, AssertionError) else 3 if issubclass(cls, Unreachable) else 2
    assert cls.exit_status == expected


def test_usage_errors_are_no_failures() -> None:
    """Behave says "error" of them and "failed" of a check only, also of one that was stopped."""
    assert [cls for cls in OURS if issubclass(cls, AssertionError)] == [CheckFailed, SearchStopped, ChecksNothing]
    assert not issubclass(Unreachable, UsageError)


@pytest.mark.parametrize("cls", OURS)
def test_every_error_crosses_a_process_boundary(cls: type[ApitestError]) -> None:
    """Pickled and read again it says the same."""
    error = cls("problem", "where", "fix")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_failed_check_crosses_a_process_boundary_whole() -> None:
    """Its values and its diff are there, too."""
    error = CheckFailed("problem", "where", "fix", expected="1", actual="2", diff=("- 1",))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (None, "well"),
        (AttributeError("detail"), "its text cannot be had, since Odd.__str__ raises AttributeError"),
    ],
)
def test_what_an_exception_says(raised: Exception | None, told: str) -> None:
    """It is its text, or that its class cannot make one."""

    class Odd(Exception):
        def __str__(self) -> str:
            if raised is not None:
                raise raised
            return "well"

    assert errors.said(Odd()) == told


def test_a_projects_own_class() -> None:
    """One that calls no base class, or hands on something else than a text, is an error as any other."""

    class Own(CheckFailed):
        def __init__(self) -> None:
            self.detail = 5

    class Numbered(CheckFailed):
        def __init__(self) -> None:
            super().__init__(5)  # type: ignore[arg-type]

    assert (str(Own()), Failure.of(Own()).problem) == ("Own", "Own")
    assert (str(Numbered()), Failure.of(Numbered()).problem) == ("5", "5")
