"""Requests that Hypothesis makes up, and spoils: each one is answered, and no answer is a 500."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attempts import Attempts
from tests.security.fuzzed import CHANNELS, FORMATS, SERVICES
from tests.security.outside import Outside, Response, outside, responses

EXAMPLES = settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])

crlf = st.sampled_from([b"\r\n", b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r", b"\0\r\n", b""])
token = st.sampled_from(
    b"GET POST HEAD OPTIONS PUT CONNECT TRACE Content-Length Transfer-Encoding chunked Expect 100-continue Connection "
    b"keep-alive Upgrade websocket Host 5 Content-Type multipart/form-data;boundary=x application/json charset=utf-16 "
    b"-1 f ;a=b Authorization Basic Og== Bearer a.b.c Cookie a=b X-Forwarded-For 127.0.0.1".split()
)
text = st.text(max_size=10).map(lambda found: found.encode("utf-8", "replace"))
anything = token | st.binary(max_size=20) | text
path = st.sampled_from(b"/json /form /xml /raw /typed/x /zato/json/zato.ping /zato/ping *".split())
target = st.builds(bytes.__add__, path, st.one_of(st.just(b""), anything.map(lambda part: b"?" + part), anything))
header = st.builds(lambda name, value, end: name + b": " + value + end, anything, anything, crlf)
request_line = st.builds(
    lambda method, where, version, end: method + b" " + where + b" HTTP/" + version + end,
    st.sampled_from([b"GET", b"POST", b"HEAD", b"PUT", b"OPTIONS"]) | anything,
    target,
    st.sampled_from([b"1.1", b"1.1", b"1.0", b"2.0"]) | anything,
    crlf,
)
request = st.builds(
    lambda line, headers, end, body: line + b"".join(headers) + end + body,
    request_line,
    st.lists(header, max_size=6),
    crlf,
    st.lists(anything, max_size=6).map(b"".join),
)

KINDS = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/xml",
    "text/xml; charset=utf-16",
    "text/plain; charset=no-such-thing",
    "",
)
pieces = st.sampled_from(
    [
        *b'{ } [ ] " : , 1e999 NaN \\ud800 a=b & % %zz + --x-- <a> </a> &b;'.split(),
        *(b"\xff", b"\0", b"\r\n", b"--x\r\n", b'Content-Disposition: form-data; name="a"', b"; filename=x"),
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
        b"<?xml version='1.0' encoding='utf-7'?>",
    ]
)
body = st.lists(pieces | st.binary(max_size=8), max_size=30).map(b"".join)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    with outside(tmp_path_factory.mktemp("fuzz") / "server", CHANNELS, services=SERVICES) as server:
        yield server


def ends_well(found: list[Response]) -> bool:
    """Whether there is an answer, none is a 500, each can be found in the log, and nothing is left over."""
    return bool(found) and all(one.status not in (0, 500) and "x-zato-cid" in one.headers for one in found)


@EXAMPLES
@given(requests=st.lists(request, min_size=1, max_size=3))
def test_whatever_comes_is_answered(server: Outside, attempts: Attempts, requests: list[bytes]) -> None:
    """The client says that nothing more will come; it is told something, and the connection ends."""
    data = b"".join(requests)
    said = server.told(data)
    attempts.held(b"HTTP/1.1 500" not in said and b"x-zato-cid: " in said, f"{data!r}: {said!r}")


@EXAMPLES
@given(channel=st.sampled_from([*FORMATS, "typed/x"]), kind=st.sampled_from(KINDS), content=body)
def test_whatever_a_body_holds_it_is_answered(
    server: Outside, attempts: Attempts, channel: str, kind: str, content: bytes
) -> None:
    """With 200, or with what is wrong with it; the connection is still good for the next request."""
    head = f"POST /{channel} HTTP/1.1\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    found = responses(server.said(head.encode() + content))
    held = [one.status for one in found][1:] == [200] and found[0].status in (200, 400, 415) and ends_well(found)
    attempts.held(held, f"{head!r} {content!r}: {found}")
    attempts.held(b"root:" not in b"".join(one.body for one in found), f"{content!r}")


def test_the_server_is_as_it_was(server: Outside) -> None:
    """After all of it."""
    assert server.ping() == 200
    assert "Traceback" not in server.log
