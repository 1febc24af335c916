"""Tests of apitest_server.security.origin."""

import pytest

from apitest_server.security.origin import is_browser, is_loopback, problem_of

OTHER_SITE = "Requests of other sites are refused"
LOCAL: dict[str, tuple[str, ...] | None] = {"local": (), "named": ("api.example.com",), "any": None}


def problem(names: str, **headers: str) -> str:
    raw = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    return problem_of(raw, LOCAL[names])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "127.0.0.1:17010"},
        {"Host": "[::1]:17010"},
        {"Host": "localhost:17010", "Origin": "http://localhost:17010"},
        {"Host": "LocalHost.", "Origin": "http://localhost."},
        {"Host": "shop.localhost"},
        {"Host": "10.0.0.1", "Origin": "http://10.0.0.1:80"},
        {"Host": "10.0.0.1", "Origin": "https://10.0.0.1:443"},
        {"Host": "localhost", "Sec_Fetch_Site": "same-origin", "Origin": "https://behind.example.com"},
        {"Host": "localhost", "Sec_Fetch_Site": "none"},
    ],
)
def test_our_own_pages_and_what_is_no_browser_are_answered(headers: dict[str, str]) -> None:
    """By address, by localhost, and behind a proxy that keeps the host to itself."""
    assert problem("local", **headers) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost:17010", "Origin": "http://localhost:3000"},
        {"Host": "localhost:17010", "Origin": "https://example.org"},
        {"Host": "localhost:17010", "Origin": "null"},
        {"Host": "localhost:17010", "Origin": ""},
        {"Origin": "http://localhost:17010"},
        {"Host": "localhost", "Sec_Fetch_Site": "cross-site"},
        {"Host": "localhost", "Sec_Fetch_Site": "same-site", "Origin": "http://localhost"},
        {"Host": "localhost", "Sec_Fetch_Site": ""},
    ],
)
def test_pages_of_other_sites_are_refused(headers: dict[str, str]) -> None:
    """A page on another port is one of another site, too."""
    assert problem("any", **headers) == OTHER_SITE


def test_two_hosts_are_the_origin_of_nobody() -> None:
    """It could not be told which of them is meant."""
    raw = [(b"host", b"localhost"), (b"host", b"localhost"), (b"origin", b"http://localhost")]
    assert problem_of(raw, None) == OTHER_SITE


def test_a_server_is_called_by_its_own_names_only() -> None:
    """Else the name of another site, which leads to this server, would make its pages look like our own."""
    refused = "This server is not called example.org; see host_names in server.conf"
    assert problem("local", Host="example.org:80", Origin="http://example.org") == refused
    assert problem("named", Host="example.org") == refused
    assert problem("named", Host="API.example.com:443") == ""
    assert problem("any", Host="example.org", Origin="http://example.org") == ""


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("a", False)],
)
def test_a_loopback_address_is_told(host: str, expected: bool) -> None:
    """Of IPv4 and IPv6, and by its name."""
    assert is_loopback(host) == expected


@pytest.mark.parametrize(
    ("name", "value", "browser"),
    [
        (b"origin", b"http://a", True),
        (b"sec-fetch-mode", b"cors", True),
        (b"user-agent", b"Mozilla/5.0 (X11)", True),
        (b"user-agent", b"curl/8", False),
        (b"accept", b"mozilla", False),
    ],
)
def test_who_is_a_browser(name: bytes, value: bytes, browser: bool) -> None:
    """By what scripts of a page cannot leave out."""
    assert is_browser([(b"host", b"localhost"), (name, value)]) is browser
