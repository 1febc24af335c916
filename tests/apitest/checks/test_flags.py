"""apitest.checks.flags: a yes or no."""

import pytest

from apitest.checks.flags import flag
from apitest.errors import BadValue


@pytest.mark.parametrize(
    ("given", "means"),
    [("True", True), (" yes ", True), ("1", True), ("false", False), ("0", False), ("NO", False), (False, False)],
)
def test_spellings(given: object, means: bool) -> None:
    """True and False are read in any spelling."""
    assert flag(given, "The checksum") is means


def test_neither() -> None:
    """What is neither is told with what it is for."""
    with pytest.raises(BadValue, match="The checksum must be True or False, not perhaps"):
        flag("perhaps", "The checksum")
