import io

import pytest

from apitest import errors
from apitest.events import Failure
from apitest.report.failure import failure_exchange, failure_lines, print_error
from apitest.report.style import Style
from tests.apitest import golden

WITH_PARTS = {
    errors.CheckFailed: errors.CheckFailed(
        "The value at /customer/name is another",
        "path /customer/name of the response",
        expected='"Maria"',
        actual='"Mario"',
        diff=("-Maria", "+Mario"),
    ),
    errors.UnknownValue: errors.UnknownValue(
        "No variable is named #customer_idd",
        "features/a.feature:3",
        "Did you mean #customer_id?",
        'path "/id" is "#customer_idd"\n              ^^^^^^^^^^^^^',
    ),
}


def _classes(root: type[errors.ApitestError] = errors.ApitestError) -> list[type[errors.ApitestError]]:
    return [
        root,
        *(found for child in root.__subclasses__() if child.__module__ == root.__module__ for found in _classes(child)),
    ]


@pytest.mark.parametrize("kind", sorted(set(_classes()), key=lambda kind: kind.__name__))
def test_every_error_is_printed_in_one_way(kind: type[errors.ApitestError]) -> None:
    """Each class of errors is shown with all it tells, the problem first."""
    general = kind("The problem", "the place", "The way out\nand another")
    stream = io.StringIO()
    print_error(WITH_PARTS.get(kind, general), stream, Style(width=80))
    golden.check(f"errors/{kind.__name__}.txt", stream.getvalue())


def test_problem_alone() -> None:
    """A failure that tells nothing else is its problem; one without a problem is told by its kind."""
    assert failure_lines(Failure("X", 1, "Wrong"), Style(), 80) == ["Wrong"]
    assert failure_lines(Failure("KeyError", 1, ""), Style(), 80) == ["KeyError"]


def test_expected_alone() -> None:
    """What was expected stands against nothing."""
    lines = failure_lines(Failure("X", 1, "Wrong", expected="a\nb"), Style(), 80)
    assert lines == ["Wrong", "  expected  a", "            b", "  actual    nothing"]


@pytest.mark.parametrize(
    ("where", "place", "shown"),
    [
        ("", "", []),
        ("", "a.feature:3", ["at a.feature:3"]),
        ("header X", "", ["at header X"]),
        ("header X", "a.feature:3", ["at a.feature:3, header X"]),
        ("a.feature:3:7", "a.feature:3", ["at a.feature:3:7"]),
    ],
)
def test_places(where: str, place: str, shown: list[str]) -> None:
    """The place in the feature file and the place that the error tells are told once each."""
    assert failure_lines(Failure("X", 1, "Wrong", where), Style(), 80, place)[1:] == shown


def test_long_parts_are_shortened_unless_in_full() -> None:
    """Values, diffs and output end with how much is left out."""
    many = tuple(f"+{i}" for i in range(100))
    long = Failure("X", 1, "Wrong", diff=many, captured="\n".join(many), actual="\n".join(many))
    short = failure_lines(long, Style(), 80)
    assert [line.strip() for line in short if "more lines" in line] == [
        "… 80 more lines",
        "… 40 more lines",
        "… 60 more lines",
    ]
    assert [line for line in failure_lines(long, Style(), 80, full=True) if "more lines" in line] == [
        "            … 80 more lines"
    ]


def test_colors() -> None:
    """Expected is green, actual red; a marker is red; each sign of a diff has its colour."""
    failure = Failure("X", 1, "P", excerpt="a b\n  ^", expected="e", actual="a", diff=("-o", "+n", "@@", " c"))
    assert failure_lines(failure, Style(color=True), 80) == [
        "\x1b[1;31mP\x1b[0m",
        "  \x1b[2mexpected\x1b[0m  \x1b[32me\x1b[0m",
        "  \x1b[2mactual  \x1b[0m  \x1b[31ma\x1b[0m",
        "  \x1b[31m- expected\x1b[0m",
        "  \x1b[32m+ actual\x1b[0m",
        "  \x1b[31m-o\x1b[0m",
        "  \x1b[32m+n\x1b[0m",
        "  \x1b[36m@@\x1b[0m",
        "  \x1b[2m c\x1b[0m",
        "  \x1b[2m|\x1b[0m a b",
        "  \x1b[2m|\x1b[0m \x1b[1;31m  ^\x1b[0m",
    ]


def test_no_exchange() -> None:
    """Where nothing was sent, nothing is shown."""
    assert failure_exchange(None, Style(), 80) == []
