"""Tests of apitest_server.internal._web_address."""

import pytest

from apitest_server.internal._web_address import WebAddress


@pytest.mark.parametrize(
    ("text", "expected"), [("https://a.example/", "https://a.example"), (" http://a:1/x ", "http://a:1/x")]
)
def test_an_address_has_no_slash_at_its_end(text: str, expected: str) -> None:
    """Nor space around it."""
    assert WebAddress("url").parse(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "a.example", "ftp://a", "https://", "http://u:p@a", "http://a/?x", "http://a#x", "http://a:0", "http://["],
)
def test_what_is_not_an_address_is_refused(text: str) -> None:
    """Credentials are fields of their own, which are encrypted."""
    with pytest.raises(ValueError, match="must be an address"):
        WebAddress("url").parse(text)
