"""Tests of apitest_server.service.asgi."""

import pytest
import uvicorn._types as uvicorn_types

from apitest_server.service import asgi

OURS = {"client_certificate"}  # What process.handshake adds, where a caller has shown a certificate


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(asgi.Scope, uvicorn_types.HTTPScope), (asgi.Received, uvicorn_types.HTTPRequestEvent)],
)
def test_the_server_sends_what_we_read(ours: type, theirs: type) -> None:
    """Each key is one that uvicorn gives, but for what our own handshake adds, which it does not have yet."""
    assert set(ours.__annotations__) - OURS <= set(theirs.__annotations__)
    assert not OURS & set(theirs.__annotations__)
