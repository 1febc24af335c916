"""Tests of numbers of bytes as people write them."""

import pytest

from apitest.errors import BadValue
from apitest.language.sizes import parse_size, show_size


def test_sizes() -> None:
    """A size is a number of bytes, with or without a unit."""
    for text, size in {
        "1": 1,
        "1024": 1024,
        "10 KB": 10_000,
        "1.5 gb": 1_500_000_000,
        "500MB": 500_000_000,
        "7 B": 7,
        " 2 MB ": 2_000_000,
    }.items():
        assert parse_size(text) == size
    assert parse_size(64) == 64


def test_what_is_not_a_size() -> None:
    """Anything else is refused with an example."""
    for text in ("", "0", "-1", "1 TB", "MB", "1,5 MB", "1e6", "0.1", "none", "1" * 40):
        with pytest.raises(BadValue, match="is not a size") as caught:
            parse_size(text)
        assert '"500 MB"' in caught.value.fix


def test_shown() -> None:
    """A size is shown in the largest unit that it has one of."""
    sizes = {1: "1 byte", 999: "999 bytes", 1000: "1 KB", 1_500_000: "1.5 MB", 100_000_000: "100 MB", 10**12: "1000 GB"}
    for size, text in sizes.items():
        assert show_size(size) == text
