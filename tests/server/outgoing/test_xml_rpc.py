"""Tests of apitest_server.outgoing.xml_rpc."""

from collections.abc import Iterator
from datetime import datetime
from xmlrpc.client import Fault, dumps

import pytest

from apitest_server.errors import BadRequest, RemoteError, ServiceTimeout
from apitest_server.outgoing.xml_rpc import XMLRPC
from tests.apitest.web import WebServer


@pytest.fixture
def web() -> Iterator[WebServer]:
    server = WebServer()
    yield server
    server.close()


def caller(web: WebServer, timeout: float = 60) -> XMLRPC:
    return XMLRPC("CRM", web.address, None, 1, timeout)


def test_values_of_every_type_travel(web: WebServer) -> None:
    """What is sent comes back as it was, dates and bytes as well; the server is one that answers with the request."""
    rpc = caller(web)
    given = [1, 1.5, "grüße & <b>", True, None, b"\x00\xff", datetime(2026, 1, 2, 3, 4, 5), {"a": [1, {"b": []}]}]
    assert rpc.call("/body", "echo", (given,)) == given
    assert web.requests[-1][2]["Content-Type"] == "text/xml; charset=utf-8"
    rpc.close()


@pytest.mark.parametrize("value", [2**31, object(), {1: 2}])
def test_what_xml_rpc_cannot_say_is_refused(web: WebServer, value: object) -> None:
    """Before anything is sent."""
    rpc = caller(web)
    with pytest.raises(BadRequest, match="`CRM` cannot be sent an argument of m: "):
        rpc.call("/body", "m", (value,))
    assert web.requests == []
    rpc.close()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/status/404", "`CRM` answers 404 to XML-RPC at /status/404"),
        ("/redirect?to=/echo", "answers 302"),
        ("/echo", "answers with something that is not XML-RPC"),
        ("/headers", "answers with something that is not XML-RPC"),
    ],
)
def test_what_does_not_answer_in_xml_rpc_is_told(web: WebServer, path: str, expected: str) -> None:
    """A redirect is not followed: it would have the password as well."""
    rpc = caller(web)
    with pytest.raises(RemoteError, match=expected.replace("?", r"\?")):
        rpc.call(path, "m", ())
    assert len(web.requests) == 1
    rpc.close()


def test_a_refusal_is_a_fault(web: WebServer) -> None:
    """With its code and words."""
    refusal = dumps(Fault(2, "no"))
    rpc = caller(web)
    with pytest.raises(Fault) as caught:
        rpc._result(refusal.encode())
    assert (caught.value.faultCode, caught.value.faultString) == (2, "no")
    rpc.close()


def test_silence_has_an_end(web: WebServer) -> None:
    """After the time-out."""
    rpc = caller(web, 0.05)
    with pytest.raises(ServiceTimeout, match="`CRM` did not answer in time"):
        rpc.call("/silent", "m", ())
    rpc.close()
