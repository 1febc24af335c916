"""What projects use of the package datadiff: an assertion that shows how two values differ."""

from apitest import checks
from apitest.documents.diff import document_diff


def assert_equals(first: object, second: object, msg: str | None = None) -> None:
    """Asserts that two values are equal; the first is the expected one.

    Raises:
        CheckFailed: they differ; with a diff.
    """
    if first != second:
        checks.same(second, first, msg or "")


def diff(first: object, second: object) -> str:
    """How two values differ, line by line."""
    return "\n".join(document_diff(first, second))
