"""Tests of apitest_server.invoke.message_body."""

import pytest

from apitest_server.errors import BadRequest
from apitest_server.invoke.message_body import body_of, payload_of


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xff", (b"\xff", "")),
        ("é", ("é".encode(), "")),
        ({"a": [1]}, (b'{"a":[1]}', "application/json")),
        (None, (b"null", "application/json")),
        ([], (b"[]", "application/json")),
    ],
)
def test_bytes_of_what_a_service_sends(data: object, expected: tuple[bytes, str]) -> None:
    """Bytes and text as they are, everything else as JSON, which the content type tells."""
    assert body_of(data) == expected


def test_what_a_service_gets() -> None:
    """Text where it is UTF-8, else bytes; JSON only where the channel says so."""
    assert payload_of(b'{"a": 1}', "") == '{"a": 1}'
    assert payload_of(b"\xff", "") == b"\xff"
    assert payload_of(b'{"a": 1}', "json") == {"a": 1}
    assert payload_of(b"", "json") is None
    with pytest.raises(BadRequest, match="The message is not valid JSON"):
        payload_of(b"{", "json")
