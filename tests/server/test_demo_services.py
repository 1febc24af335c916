"""Tests of the demo's services, demo/services, through a server in this process."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import md5, sha256
from pathlib import Path
from shutil import copytree, ignore_patterns
from time import time
from typing import Any

import jwt
import pytest
from lxml import etree

from apitest_server.app import App
from apitest_server.config import load
from tests.server.asgi import Answer, Client

DEMO = Path(__file__).parents[2] / "demo"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CUST = {"c": "http://example.com/cust", "s": "http://schemas.xmlsoap.org/soap/envelope/"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The demo's server, in a copy: a server writes its ODB into its directory."""
    directory = tmp_path_factory.mktemp("demo") / "demo"
    copytree(DEMO, directory, ignore=ignore_patterns("odb.*", "*.log"))
    client = Client(App(load(directory)))
    yield client
    client.close()


def texts(answer: Answer, xpath: str, **namespaces: str) -> list[str]:
    found = etree.fromstring(answer.body).xpath(xpath, namespaces={**CUST, **namespaces})
    return [item.text or "" for item in found]


def test_every_channel_has_its_service(client: Client) -> None:
    """No channel of the demo leads nowhere, and every module can be imported."""
    for channel in client.app.config.rest:
        assert client.app.store.get(channel.service).cls.__doc__


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_the_public_demo_answers_any_method(client: Client, method: str) -> None:
    """/demo/rest is the sample of zato-apitest 1.13 and later."""
    answer = client.request(method, "/demo/rest?demo=1", JSON, b"{}")
    assert answer.json() == {"action": {"code": 0, "msg": "How do you do?", "flow": ["Ack", "Done"]}}


def test_the_documented_json_samples(client: Client) -> None:
    """/demo/json, /demo/json2 and /demo/json3 have what the documentation of the steps asks for."""
    answer = client.get("/demo/json")
    found = answer.json()
    assert found["action"] == {
        "code": 0,
        "code-empty": "",
        "msg": "Now, is that cool or is that cool?",
        "flow": ["Ack", "Done"],
    }
    assert (found["float"], found["list"], found["empty"], found["hello"]) == (3.7, ["a", "b", "c"], "", "a")
    assert answer.headers["connection"] == "keep-alive"
    assert answer.headers["x-should-be-empty"] == ""
    assert {"a": "a", "b": "b"} in client.get("/demo/json?hello=list").json()["hello"]
    assert client.get("/demo/json2").json() == {"a": "b"}
    assert client.get("/demo/json3").json()["action"]["flow"] == ["Ack", "Done"]


def test_the_documented_xml_samples(client: Client) -> None:
    """/demo/xml and /demo/xml2 answer with and without namespaces."""
    answer = client.request("POST", "/demo/xml?demo=1", {"SOAPAction": "demo:xml"}, b"<a/>")
    demo = "http://example.com/demo"
    assert texts(answer, "//d:action/d:code", d=demo) == ["0"]
    assert texts(answer, "//d:action/d:msg", d=demo) == ["Now, is that cool or is that cool?"]
    plain = client.get("/demo/xml2")
    assert texts(plain, "//code | //float | //empty | //is-one-of") == ["0", "3.7", "", "a"]


def test_a_form_is_posted(client: Client) -> None:
    """/demo/post takes fields and files."""
    answer = client.request("POST", "/demo/post", FORM, b"key1=value1&key2=value2")
    assert answer.json() == {"form": {"key1": "value1", "key2": "value2"}, "files": []}
    assert client.get("/demo/post").status == 405


SOAP = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    '<c:update xmlns:c="http://example.com/cust"><c:name>{}</c:name><c:last-seen>{}</c:last-seen></c:update>'
    "</s:Body></s:Envelope>"
)


def test_a_customer_is_updated_over_soap(client: Client) -> None:
    """The sample test of the README, with the SOAP action in quotes or not."""
    for action in ("update:cust", '"update:cust"'):
        body = SOAP.format("Maria &amp; Jan", "2015-01-01T12:00:00").encode()
        answer = client.request("POST", "/xml/customer", {"SOAPAction": action, "Content-Type": "text/xml"}, body)
        assert answer.status == 200
        assert texts(answer, "//c:action/c:code") == ["0"]
        assert texts(answer, "//c:action/c:msg") == ["Ok, updated"]
        assert texts(answer, "//c:name") == ["Maria & Jan"]


@pytest.mark.parametrize(
    ("action", "body", "problem"),
    [
        ("delete:cust", SOAP.format("x", ""), "Unknown SOAP action `delete:cust`"),
        ("update:cust", SOAP.format("", ""), "There is no `name`"),
        ("update:cust", SOAP.format("x", "soon"), "`last-seen` is not a date: `soon`"),
        ("update:cust", "<a", "not well-formed XML"),
        ("update:cust", "", "not well-formed XML"),
        ("update:cust", '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "A document type is not allowed"),
    ],
)
def test_a_wrong_update_is_a_soap_fault(client: Client, action: str, body: str, problem: str) -> None:
    """Faults come with 500 and a reason, as SOAP 1.1 has it; entities are never expanded."""
    answer = client.request("POST", "/xml/customer", {"SOAPAction": action}, body.encode())
    assert answer.status == 500
    assert texts(answer, "//s:Fault/faultcode") == ["soapenv:Client"]
    assert problem in texts(answer, "//s:Fault/faultstring")[0]


def test_a_customer_is_updated_over_rest(client: Client) -> None:
    """The other sample test of the README."""
    answer = client.request("PUT", "/json/customer?id=123", JSON, b'{"name": "Maria"}')
    assert answer.json()["action"] == {
        "code": 0,
        "message": "Ok, updated",
        "msg": "Ok, updated",
        "flow": ["Ack", "Done"],
    }
    assert answer.json()["customer"] == {"name": "Maria", "id": "123"}
    assert answer.headers["x-my-header"] == "Cool"
    assert client.request("PUT", "/json/customer", JSON, b"[]").status == 400


def test_the_echo_says_everything(client: Client) -> None:
    """Method, path, query, headers, cookies and body come back."""
    headers = {"Cookie": "a=1", "X-Node": "n", **JSON}
    found = client.request("PUT", "/echo/deep?x=1&x=2", headers, b'{"a": [1, null]}').json()
    assert (found["method"], found["path"], found["query"]) == ("PUT", "/echo/deep", {"x": ["1", "2"]})
    assert (found["json"], found["text"]) == ({"a": [1, None]}, '{"a": [1, null]}')
    assert (found["cookies"], found["headers"]["x-node"]) == ({"a": "1"}, "n")
    assert client.request("POST", "/echo", JSON, b'"text"').json()["json"] == "text"


def test_the_echo_says_forms_and_files(client: Client) -> None:
    """Text of a file comes back as text, anything else in Base64, each with its digest."""
    body = (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="r.txt"\r\nContent-Type: text/csv\r\n\r\nx\r\n'
        b'--x\r\nContent-Disposition: form-data; name="g"; filename="b"\r\n\r\n\xff\r\n--x--\r\n'
    )
    found = client.request("POST", "/echo", {"Content-Type": "multipart/form-data; boundary=x"}, body).json()
    assert (found["form"], found["json"]) == ({"a": "1"}, None)
    assert found["files"][0] == {
        "name": "f",
        "filename": "r.txt",
        "content_type": "text/csv",
        "size": 1,
        "sha256": sha256(b"x").hexdigest(),
        "text": "x",
    }
    assert found["files"][1]["base64"] == b64encode(b"\xff").decode()


def test_xml_is_echoed_inside_an_element(client: Client) -> None:
    """The method and the SOAP action are attributes of it."""
    answer = client.request("POST", "/xml/echo", {"SOAPAction": "a:b"}, b"<q><r>1</r></q>")
    assert texts(answer, "/echo[@method='POST'][@action='a:b']/q/r") == ["1"]
    assert client.get("/xml/echo").status == 200
    assert client.request("POST", "/xml/echo", {}, b"<q").status == 400


@pytest.mark.parametrize(("path", "status"), [("/status/204", 204), ("/status/418", 418), ("/status/999", 400)])
def test_a_status_is_answered(client: Client, path: str, status: int) -> None:
    """Any status from 200 to 599."""
    assert client.get(path).status == status


def test_headers_and_cookies_are_set(client: Client) -> None:
    """What the query names becomes a header or a cookie."""
    assert client.get("/headers?X-A=b&X-Empty=").headers["x-a"] == "b"
    assert client.get("/headers?X-A=b%0D%0Ac").status == 400
    answer = client.get("/cookies/set?a=1&b=2")
    assert [value for name, value in answer.raw_headers if name == b"set-cookie"] == [b"a=1; Path=/", b"b=2; Path=/"]
    assert client.get("/cookies", Cookie="a=1; b=2").json() == {"cookies": {"a": "1", "b": "2"}}


def test_redirects_lead_on(client: Client) -> None:
    """Each leads to the next one, the last to /echo."""
    places = [client.get(f"/redirect/{n}").headers["location"] for n in (3, 2, 1)]
    assert places == ["/redirect/2", "/redirect/1", "/echo"]
    answer = client.get("/redirect-to?url=/text&status=307")
    assert (answer.status, answer.headers["location"]) == (307, "/text")
    assert client.get("/redirect-to?url=/text&status=200").status == 400
    assert client.get("/redirect-to?url=/a%0D%0AX:%20b").headers["location"] == "/a%0D%0AX:%20b"


def test_other_kinds_of_bodies(client: Client) -> None:
    """Bytes, text, HTML, nothing, and an answer that takes its time."""
    assert client.get("/bytes/257").body == bytes(range(256)) + b"\0"
    assert client.get("/text").headers["content-type"] == "text/plain; charset=utf-8"
    assert "<h1>Hello" in client.get("/html").text
    assert (client.get("/empty").status, client.get("/empty").body) == (200, b"")
    assert client.get("/slow/1").json() == {"ms": 1}
    for path in ("/bytes/-1", "/slow/-1", "/slow/99999999"):
        assert client.get(path).status == 400


def test_the_document_keeps_its_types(client: Client) -> None:
    """1.0 stays a float and a big integer keeps its digits."""
    text = client.get("/json").text
    assert '"whole_float":1.0' in text
    assert '"big":9007199254740993' in text


def basic(username: str, password: str) -> str:
    return "Basic " + b64encode(f"{username}:{password}".encode()).decode()


def test_credentials_open_their_channels(client: Client) -> None:
    """Basic Auth, an API key and a JWT."""
    claims = {"sub": "me", "jti": "1", "exp": time() + 60}
    token = jwt.encode(claims, "a-secret-for-the-demo-that-is-long-enough", "HS256")
    assert client.get("/auth/basic", Authorization=basic("user", "password")).json()["user"] == "user"
    assert client.get("/auth/api-key", X_API_Key="demo-key").json()["authenticated"] is True
    assert client.get("/auth/jwt", Authorization=f"Bearer {token}").json()["user"] == "me"
    for path in ("/auth/basic", "/auth/api-key", "/auth/jwt", "/auth/digest", "/auth/bearer"):
        assert client.get(path).status == 401


@pytest.mark.parametrize(("algorithm", "function"), [("MD5", md5), ("SHA-256", sha256)])
def test_digest_authentication(client: Client, algorithm: str, function: Any) -> None:
    """A right response opens, once for each count; a wrong one does not."""
    path = f"/auth/digest?algorithm={algorithm}"
    challenge = client.get(path).headers["www-authenticate"]
    assert f"algorithm={algorithm}" in challenge
    nonce = challenge.split('nonce="')[1].split('"')[0]

    def header(password: str, count: str) -> str:
        a1 = function(f"user:apitest:{password}".encode()).hexdigest()
        a2 = function(f"GET:{path}".encode()).hexdigest()
        response = function(f"{a1}:{nonce}:{count}:abc:auth:{a2}".encode()).hexdigest()
        return (
            f'Digest username="user", realm="apitest", nonce="{nonce}", uri="{path}", qop=auth, '
            f'nc={count}, cnonce="abc", response="{response}", algorithm={algorithm}'
        )

    assert client.get(path, Authorization=header("wrong", "00000001")).status == 401
    assert client.get(path, Authorization=header("password", "00000001")).status == 200
    assert client.get(path, Authorization=header("password", "00000001")).status == 401
    assert client.get(path, Authorization=header("password", "00000002")).json()["user"] == "user"
    assert client.get(path, Authorization="Digest nc=x").status == 401


def token(client: Client, body: bytes, kind: dict[str, str], query: str = "") -> Answer:
    return client.request("POST", f"/oauth2/token{query}", kind, body)


@pytest.mark.parametrize(
    ("body", "kind", "query", "user"),
    [
        (b"grant_type=client_credentials&client_id=my-client&client_secret=my-secret", FORM, "", "my-client"),
        (b'{"grant_type":"password","username":"user","password":"password"}', JSON, "", "user"),
        (b'{"grant_type":"password","clientId":"user","clientSecret":"password"}', JSON, "", "user"),
        (
            b'{"grant_type":"client_credentials","who":"my-client","what":"my-secret"}',
            JSON,
            "?client_id_field=who&client_secret_field=what",
            "my-client",
        ),
        (
            b"grant_type=client_credentials&scope=read",
            {**FORM, "Authorization": basic("my-client", "my-secret")},
            "",
            "my-client",
        ),
    ],
)
def test_a_token_is_granted_and_opens(client: Client, body: bytes, kind: dict[str, str], query: str, user: str) -> None:
    """Both grants, forms and JSON, own field names, Basic Auth."""
    answer = token(client, body, kind, query)
    assert (answer.status, answer.json()["token_type"], answer.json()["expires_in"]) == (200, "Bearer", 3600)
    assert answer.headers["cache-control"] == "no-store"
    bearer = f"Bearer {answer.json()['access_token']}"
    assert client.get("/oauth2/userinfo", Authorization=bearer).json()["sub"] == user
    assert client.get("/auth/bearer", Authorization=bearer).status == 200


@pytest.mark.parametrize(
    ("body", "kind", "status", "error"),
    [
        (b"grant_type=client_credentials&client_id=my-client&client_secret=x", FORM, 401, "invalid_client"),
        (b"grant_type=client_credentials&client_id=nobody", FORM, 401, "invalid_client"),
        (b"grant_type=password&username=user&password=x", FORM, 400, "invalid_grant"),
        (b"grant_type=magic", FORM, 400, "unsupported_grant_type"),
        (b"a=1", FORM, 400, "invalid_request"),
        (b"[]", JSON, 400, "invalid_request"),
        (b"grant_type=password&username=user&password=password&scope=fly", FORM, 400, "invalid_scope"),
        (b"a=1", {**FORM, "Authorization": "Basic /w=="}, 401, "invalid_client"),
    ],
)
def test_a_token_is_refused(client: Client, body: bytes, kind: dict[str, str], status: int, error: str) -> None:
    """The errors of RFC 6749."""
    answer = token(client, body, kind)
    assert (answer.status, answer.json()["error"]) == (status, error)


def test_a_token_that_is_over_opens_nothing(client: Client) -> None:
    """A life of no seconds is over at once, and the next grant forgets it."""
    body = b"grant_type=password&username=user&password=password&scope=read%20write"
    old = token(client, body, FORM, "?lifetime=0").json()["access_token"]
    refused = client.get("/oauth2/userinfo", Authorization=f"Bearer {old}")
    assert (refused.status, 'error="invalid_token"' in refused.headers["www-authenticate"]) == (401, True)
    new = token(client, body, FORM).json()
    assert new["scope"] == "read write"


def test_customers_live_from_creation_to_deletion(client: Client) -> None:
    """Created, read, listed, replaced, changed and deleted."""
    client.request("DELETE", "/customers")
    made = client.request("POST", "/customers", JSON, b'{"name": "Maria", "tags": ["new"]}')
    number = made.json()["id"]
    assert made.status == 201
    assert made.headers["location"] == f"/customers/{number}"
    client.request("POST", "/customers", JSON, b'{"name": "Jan", "active": false}')
    assert client.get(f"/customers/{number}").json() == {
        "id": number,
        "name": "Maria",
        "email": "",
        "active": True,
        "tags": ["new"],
    }
    assert client.get("/customers").json()["count"] == 2
    assert [row["name"] for row in client.get("/customers?active=false").json()["customers"]] == ["Jan"]
    assert client.get("/customers?name=mar&limit=1").json()["count"] == 1
    put = client.request("PUT", f"/customers/{number}", JSON, b'{"name": "Ana", "email": "a@example.com"}')
    assert (put.json()["name"], put.json()["tags"]) == ("Ana", [])
    patch = client.request("PATCH", f"/customers/{number}", JSON, b'{"tags": ["vip"]}')
    assert (patch.json()["name"], patch.json()["tags"]) == ("Ana", ["vip"])
    assert client.request("DELETE", f"/customers/{number}").status == 204
    assert client.request("DELETE", "/customers").json() == {"deleted": 1}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/customers/999999", b"", 404),
        ("DELETE", "/customers/999999", b"", 404),
        ("PATCH", "/customers/999999", b"{}", 404),
        ("GET", "/customers/x", b"", 400),
        ("POST", "/customers", b"{}", 400),
        ("POST", "/customers", b'{"name": "x", "active": "maybe"}', 400),
        ("PUT", "/customers", b"{}", 405),
    ],
)
def test_wrong_requests_about_customers(client: Client, method: str, path: str, body: bytes, status: int) -> None:
    """Each has its status and a sentence."""
    answer = client.request(method, path, JSON, body)
    assert (answer.status, bool(answer.json()["details"])) == (status, True)


def test_orders_are_published_to_those_who_may(client: Client) -> None:
    """The topic of the demo is made anew each time; the shop publishes on it, the kitchen takes what is published."""

    def ask(user: str, method: str, path: str, body: bytes = b"") -> Answer:
        credentials = b64encode(f"{user}:{user}-password".encode()).decode()
        headers = {**JSON, "Authorization": f"Basic {credentials}"}
        return client.request(method, f"/zato/pubsub/{path}//orders/new", headers, body)

    for _ in range(2):
        assert client.request("POST", "/orders/prepare", JSON, b"").json() == {"topic": "/orders/new"}
        assert ask("kitchen", "PATCH", "topic").status == 400
        assert ask("kitchen", "POST", "subscribe/topic").json()["queue_depth"] == 0
        assert ask("shop", "POST", "topic", b'{"data": "soup"}').status == 200
        assert [each["data"] for each in ask("kitchen", "PATCH", "topic").json()] == ["soup"]
    assert ask("kitchen", "POST", "topic", b'{"data": "soup"}').status == 403
    assert ask("shop", "POST", "subscribe/topic").status == 403
