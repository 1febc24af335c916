"""Strangers try to find out which channels there are: by statuses, headers, bodies, and how long a refusal takes."""

from base64 import b64encode
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from apitest_server.security import authentication, passwords
from tests.attempts import Attempts
from tests.security.test_credentials_guessed import basic
from tests.server.asgi import Answer, Client, served

CONF = """
[security]
[[plain]]
type = basic-auth
username = maria
password = right
realm = a realm
[[key]]
type = api-key
key = right
[[signed]]
type = jwt
secret = 01234567890123456789012345678901
[rest]
[[open]]
path = /open
service = zato.ping
methods = GET
[[plain]]
path = /plain
service = zato.ping
security = plain
[[pattern]]
path = /pattern/{id}
service = zato.ping
methods = GET
security = plain
[[key]]
path = /key
service = zato.ping
security = key
data_format = xml
[[signed]]
path = /signed
service = zato.ping
security = signed
methods = DELETE
"""
CHANNEL = {"connection": "channel", "transport": "plain_http", "service": "zato.ping"}
HIDDEN = ("/plain", "/pattern/1", "/key", "/signed", "/hashed", "/hashed-key", "/token", "/soap", "/inactive")
NOTHING = (
    "/nothing",
    "/pattern/",
    "/plain/",
    "/PLAIN",
    "/pattern/1/2",
    "/open/more",
    "/",
    "//plain",
    "/a%2Fb",
    "/soap/x",
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO")
CREDENTIALS: dict[str, dict[str, str]] = {
    "none": {},
    "a wrong password": basic("maria", "wrong"),
    "a wrong password of the ODB": basic("joan", "wrong"),
    "a wrong name": basic("nobody", "right"),
    "no name": basic("", ""),
    "the administrator's name": basic("admin", "wrong"),
    "a wrong key": {"X-API-Key": "wrong"},
    "a wrong key of the ODB": {"X-Shop": "wrong"},
    "both keys": {"X-API-Key": "wrong", "X-Shop": "wrong"},
    "a wrong token": {"Authorization": "Bearer eyJhbGciOiJub25lIn0.e30."},
    "a token and a key": {"Authorization": "Bearer x.y.z", "X-Shop": "wrong"},
    "a password and a key": {**basic("maria", "wrong"), "X-API-Key": "wrong"},
    "nonsense": {"Authorization": "nonsense"},
    "not Base64": {"Authorization": "Basic ????"},
    "two": {"Authorization": f"Basic {b64encode(b'maria:wrong').decode()}, Bearer x"},
}
LOOKS: dict[str, dict[str, str]] = {
    "JSON": {"Content-Type": "application/json"},
    "SOAP 1.1": {"Content-Type": "text/xml", "SOAPAction": "urn:x"},
    "SOAP 1.2": {"Content-Type": "application/soap+xml; action=urn:x"},
    "a large body": {"Content-Length": "999999999"},
}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """With channels of each kind, some of server.conf and some of the ODB."""
    with served(tmp_path, CONF) as client:
        for kind, fields in (
            ("basic-auth", {"name": "hashed", "username": "joan", "password": "right"}),
            ("apikey", {"name": "hashed-key", "password": "right", "header": "X-Shop"}),
            ("jwt", {"name": "token", "username": "joan", "password": "right"}),
            ("basic-auth", {"name": "inactive", "username": "x", "password": "right"}),
        ):
            number = client.result(f"zato.security.{kind}.create", fields)["id"]
            path = {"name": fields["name"], "url_path": f"/{fields['name']}", "security_id": number}
            client.result("zato.http-soap.create", {**CHANNEL, **path})
        client.result(f"zato.security.{kind}.edit", {"id": number, "is_active": False})
        soap = {"name": "soap", "transport": "soap", "url_path": "/soap", "security_id": number}
        client.result("zato.http-soap.create", {**CHANNEL, **soap})
        # Once more, since the very first token makes a server load a library
        client.get("/signed", Authorization="Bearer x")
        client.get("/token", Authorization="Bearer x")
        yield client


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A row for each password that was hashed: what takes time."""
    found: list[str] = []

    def fits(stored: str, given: str) -> bool:
        found.append(given)
        return given == "right"

    monkeypatch.setattr(passwords, "_fits", fits)
    return found


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long callers were made to wait; nobody really does."""
    found: list[float] = []

    async def sleep(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(authentication.asyncio, "sleep", sleep)
    return found


def look(answer: Answer) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """All that a stranger sees, but for the cid, which is new each time."""
    cid = answer.headers["x-zato-cid"].encode()
    return (
        answer.status,
        [(name, value.replace(cid, b"")) for name, value in answer.raw_headers],
        answer.body.replace(cid, b""),
    )


def test_what_is_hidden_looks_like_what_is_not_there(
    client: Client, hashes: list[str], waited: list[float], attempts: Attempts
) -> None:
    """Whatever the method, the credentials and the body are; and as many passwords are hashed."""
    for method, (what, credentials), (looks, headers) in product(METHODS, CREDENTIALS.items(), LOOKS.items()):
        seen = {}
        for path in (*NOTHING, *HIDDEN):
            hashes.clear()
            answer = client.request(method, path, {**headers, **credentials})
            seen[path] = look(answer), len(hashes)
            expected = seen[NOTHING[0]]
            told = f"{method} {path} with {what} as {looks}: {seen[path]}, not {expected}"
            attempts.held(answer.status == 401 and seen[path] == expected, told)


def test_the_throttle_does_not_tell_what_is_there(
    client: Client, hashes: list[str], waited: list[float], attempts: Attempts
) -> None:
    """It goes on from path to path; each sequence is told from the one of another server by nothing."""
    for what, credentials in CREDENTIALS.items():
        delays = []
        for paths in (NOTHING, HIDDEN):
            client.app.authentication._callers._failures.clear()
            client.app.authentication._places._failures.clear()
            waited.clear()
            for path in paths[:9]:
                client.get(path, **credentials)
            delays.append(list(waited))
        attempts.held(delays[0] == delays[1], f"{what}: {delays}")


def test_who_has_signed_in_is_told(client: Client, hashes: list[str]) -> None:
    """By any definition, or as an administrator; and what everybody may call is answered as ever."""
    first = client.app.first_credentials
    assert first is not None
    token = client.post("/zato/jwt/log-in", {"username": "joan", "password": "right"}).json()["token"]
    for known in (
        basic("maria", "right"),
        basic("joan", "right"),
        {"X-API-Key": "right"},
        {"X-Shop": "right"},
        {"Authorization": f"Bearer {token}"},
    ):
        assert client.get("/nothing", **known).status == 404
        refused = client.request("PUT", "/signed", known)
        assert (refused.status, refused.headers["allow"]) == (405, "DELETE")
    assert client.get("/open").status == 200
    refused = client.request("POST", "/open")
    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD")


def test_where_nothing_is_hidden_everybody_is_told(tmp_path: Path) -> None:
    """A server whose channels are for everybody answers with 404 and 405."""
    with served(tmp_path, "[rest]\n[[a]]\npath = /a\nservice = zato.ping\nmethods = GET\n") as client:
        assert client.get("/nothing").status == 404
        assert client.post("/a").status == 405
