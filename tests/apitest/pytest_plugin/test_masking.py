"""Secrets in what pytest captures."""

import io
import logging
import sys
import warnings

import pytest

from apitest.pytest_plugin import masking

SECRET = "Sup3rS3cret-Val"


def test_what_is_printed_and_logged() -> None:
    """It is written without secrets, those that become known meanwhile included; afterwards all is as it was."""
    secrets: set[str] = set()
    stream, log = io.StringIO(), io.StringIO()
    handler, plain = logging.StreamHandler(log), logging.Formatter("%(levelname)s %(message)s")
    handler.setFormatter(plain)
    without = logging.StreamHandler(log)
    root = logging.getLogger()
    root.addHandler(handler)
    root.addHandler(without)
    kept, sys.stdout = sys.stdout, stream
    try:
        with masking.hidden(secrets):
            secrets.add(SECRET)
            print("printed", SECRET)
            logging.getLogger("app").warning("logged %s", SECRET)
        assert sys.stdout is stream
    finally:
        sys.stdout = kept
        root.removeHandler(handler)
        root.removeHandler(without)
    assert stream.getvalue() == "printed ***\n"
    assert log.getvalue() == "WARNING logged ***\nlogged ***\n"
    assert (handler.formatter, without.formatter) == (plain, None)


def test_warnings() -> None:
    """A warning with a secret keeps its category, and one without is passed on as it is."""

    class Odd(UserWarning):
        def __init__(self, one: str, other: str) -> None:
            super().__init__(one + other)

    known = warnings.showwarning
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with masking.hidden({SECRET}):
            warnings.warn(Odd("token ", SECRET), stacklevel=1)
            warnings.warn(untouched := Odd("no ", "secret"), stacklevel=1)
    assert [(str(each.message), each.category) for each in caught] == [("token ***", Odd), ("no secret", Odd)]
    assert caught[1].message is untouched
    assert warnings.showwarning is known


def shown(error: ValueError) -> object:
    """As pytest shows an error."""
    with pytest.raises(ValueError) as caught:
        raise error
    return caught.getrepr(style="value")


@pytest.mark.parametrize(
    ("told", "masked"),
    [
        (None, None),
        (f"a {SECRET}", "a ***"),
        (("a.feature", 3, f"Skipped: {SECRET}"), ("a.feature", 3, "Skipped: ***")),
        (shown(ValueError(SECRET)), "***"),
    ],
)
def test_reports(told: object, masked: object) -> None:
    """Sections and errors have no secrets in them."""
    sections = [("Captured stdout call", f"sub {SECRET}\n")]
    report = pytest.TestReport("a", ("a.feature", 1, "a"), {}, "failed", told, "call", sections)  # type: ignore[arg-type]
    masking.mask(report, {SECRET})
    assert report.sections == [("Captured stdout call", "sub ***\n")]
    assert report.longrepr == masked


def test_an_error_without_secrets_stays_what_it_is() -> None:
    """Pytest's own representation of an error is kept, with what it knows besides the text."""
    told = shown(ValueError("no"))
    report = pytest.TestReport("a", ("a.feature", 1, "a"), {}, "failed", told, "call")  # type: ignore[arg-type]
    masking.mask(report, {SECRET})
    assert report.longrepr is told


def test_halves_of_characters() -> None:
    """What pytest-xdist could not send is escaped, in an error as in what was printed."""
    report = pytest.TestReport("t", ("t", 1, "t"), {}, "failed", "not \ud800", "call", [("stdout", "printed \udcff é")])
    masking.mask(report, set())
    assert (report.longrepr, report.sections) == ("not \\ud800", [("stdout", "printed \\udcff é")])
