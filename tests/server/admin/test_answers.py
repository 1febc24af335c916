"""Tests of apitest_server.admin.answers."""

from collections.abc import AsyncIterator

from apitest_server.admin.answers import Answer, Stream, cookie, redirect


def test_every_answer_keeps_a_browser_safe() -> None:
    """Nothing from elsewhere, nothing inline, in no frame; and pages are not kept."""
    headers = dict(Answer(b"x").raw_headers())
    assert headers[b"content-security-policy"].startswith(b"default-src 'self';")
    assert b"unsafe" not in headers[b"content-security-policy"]
    assert headers[b"x-frame-options"] == b"DENY"
    assert headers[b"cache-control"] == b"no-store"
    assert headers[b"content-length"] == b"1"


def test_streams_too() -> None:
    """They are events."""

    async def none() -> AsyncIterator[bytes]:
        return
        yield b""

    headers = dict(Stream(none()).raw_headers())
    assert headers[b"content-type"] == b"text/event-stream"
    assert b"content-security-policy" in headers


def test_a_redirect_leads_to_a_page() -> None:
    """Which is then read with GET."""
    answer = redirect("sign-in", (b"x", b"y"))
    assert (answer.status, answer.headers) == (303, [(b"location", b"/zato/admin/sign-in"), (b"x", b"y")])


def test_no_script_and_no_other_site_has_the_cookie() -> None:
    """Over TLS it never leaves it."""
    assert cookie("v", 5, False)[1] == b"apitest-session=v; Max-Age=5; Path=/zato/admin/; HttpOnly; SameSite=Strict"
    assert cookie("v", 5, True)[1].endswith(b"; Secure")
