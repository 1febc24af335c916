"""Tests of apitest_server.internal.security_ntlm, against an Apache httpd that wants NTLM."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.http import HTTPConnection
from apitest_server.outgoing.http_auth import Auths
from apitest_server.security.authentication import Authentication
from apitest_server.security.objects import SecurityObjects
from tests.apitest.web import WebServer
from tests.server.asgi import served
from tests.services.ntlm import NTLM
from tests.services.starting import own

KIND = "zato.security.ntlm"
CALLING = """\
from zato.server.service import Service
class Calling(Service):
    name = 'my.calling'
    def handle(self):
        answer = self.out.rest['CRM'].conn.get(self.cid)
        self.response.payload = {'status': answer.status_code, 'user': answer.headers.get('X-User', '')}
"""


@pytest.fixture(scope="module")
def server() -> Iterator[NTLM]:
    """Apache, which wants NTLM on a part of its paths."""
    yield from own(NTLM)


def connection(server: NTLM, host: str = "", path: str = "/private/price.txt") -> HTTPConnection:
    security = SecurityObjects(Authentication())
    secrets = {"password": server.password}
    security.put(StoredObject(7, "security.ntlm", "domain", {"username": server.username}, secrets))
    about = {"host": host or server.address, "transport": "plain_http", "url_path": path, "security_id": 7}
    return HTTPConnection(StoredObject(1, "http-soap", "CRM", about), security)


@pytest.mark.ntlm
def test_a_service_signs_in(server: NTLM, tmp_path: Path) -> None:
    """A change of the password counts for the next request; it is in no list."""
    with served(tmp_path, "", a=CALLING) as client:
        given = {"name": "domain", "username": server.username, "password": server.password}
        number = client.result(f"{KIND}.create", given)["id"]
        out = {"name": "CRM", "connection": "outgoing", "transport": "plain_http", "host": server.address}
        client.result("zato.http-soap.create", {**out, "url_path": "/private/price.txt", "security_id": number})
        assert client.result("my.calling") == {"status": 200, "user": server.username}
        client.result(f"{KIND}.change-password", {"id": number, "password1": "wr0ng", "password2": "wr0ng"})
        assert client.result("my.calling")["status"] == 401
        client.result(f"{KIND}.edit", {"id": number, "password": server.password})
        assert client.result("my.calling")["status"] == 200
        shown = str([client.result(f"{KIND}.get-list"), client.result(f"{KIND}.get-by-id", {"id": number})])
        assert server.password not in shown


@pytest.mark.ntlm
def test_many_sign_in_at_a_time(server: NTLM) -> None:
    """It is the connection that is signed in, so each request has one of its own."""
    crm = connection(server)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: crm.get(), range(40)))
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, "5")}
    crm.close()


@pytest.mark.ntlm
def test_a_server_that_was_away_is_signed_in_to_again(server: NTLM) -> None:
    """Nothing of the time before is kept."""
    crm = connection(server)
    assert crm.get().status_code == 200
    server.kill()
    with pytest.raises(ServiceUnavailable, match="`CRM` cannot be reached"):
        crm.get()
    server.start()
    assert crm.get().status_code == 200
    crm.close()


@pytest.mark.ntlm
def test_another_origin_is_not_signed_in_to(server: NTLM) -> None:
    """Also where it wants NTLM and a redirect leads there: what is shown would let it guess the password."""
    web = WebServer()
    crm = connection(server, web.address, "/redirect")
    elsewhere = web.address.replace("127.0.0.1", "localhost")
    assert crm.get("", {"to": f"{server.address}/private/price.txt"}).status_code == 401
    assert crm.get("", {"to": f"{elsewhere}/echo"}).status_code == 200
    assert not any("Authorization" in headers for _, _, headers, _ in web.requests)
    crm.close()
    web.close()


def test_a_driver_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setitem(sys.modules, "requests_ntlm", None)
    with pytest.raises(ServiceUnavailable, match=r"Install it with: pip install apitest\[ntlm\]"):
        Auths().of(StoredObject(7, "security.ntlm", "domain", {"username": "u"}))
