"""Tests of apitest_server.process.forwarded."""

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from apitest_server.process.forwarded import caller

APP = ProxyHeadersMiddleware(lambda scope: None, ["10.0.0.1", "10.1.0.0/16"])  # type: ignore[arg-type]  # never called


@pytest.mark.parametrize(
    ("address", "said", "expected"),
    [
        ("10.0.0.1", [b"203.0.113.7"], "203.0.113.7"),
        ("10.0.0.1", [b"198.51.100.1, 203.0.113.7", b"10.1.2.3"], "203.0.113.7"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.2", [b"203.0.113.7"], "10.0.0.2"),
    ],
)
def test_only_a_trusted_proxy_is_believed(address: str, said: list[bytes], expected: str) -> None:
    """Of several addresses it is the last one that no trusted proxy has."""
    headers = [(b"host", b"x"), *((b"x-forwarded-for", value) for value in said)]
    assert caller(APP, address, headers) == expected


def test_without_trusted_proxies_nobody_is() -> None:
    """The application is not wrapped then."""
    assert caller(object(), "10.0.0.1", [(b"x-forwarded-for", b"203.0.113.7")]) == "10.0.0.1"
