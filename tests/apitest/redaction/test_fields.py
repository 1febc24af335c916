"""Secrets hidden in what is shown, and bodies made fit to show."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.redaction import (
    is_secret,
    redact_body,
    redact_headers,
    redact_text,
    redact_url,
    redact_urls,
)
from apitest.redaction.fields import mentions_secret

SECRET_NAMES = [
    *("password", "Passwd", "user_password", "passphrase", "pwd", "client_secret", "access_token", "refreshToken"),
    *("api_key", "X-Api-Key", "apikey", "sid", "JSESSIONID", "X-Auth-Token", "private-key", "credentials", "jwt"),
    *("totp_key", "totp_code", "totp_uri"),
]
OTHER_NAMES = [
    *("name", "key", "token_type", "token_endpoint", "password_policy", "passed", "compass", "pinned", "author", ""),
    *(
        "zato_outgoing_ldap_change_password_response",
        "session_timeout",
        "WWW-Authenticate",
        "Sec-WebSocket-Key",
        "Idempotency-Key",
    ),
]


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_secret_names(name: str) -> None:
    """Names that are made of a word for a secret are those of secrets."""
    assert is_secret(name)


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_other_names(name: str) -> None:
    """Names that only tell about a secret, or merely sound alike, are not."""
    assert not is_secret(name)


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("http://ann:pw@host/a", "http://ann:***@host/a"),
        ("http://:pw@host", "http://:***@host"),
        ("//ann:pw@host", "//ann:***@host"),
        ("ann:pw@host:80/a", "ann:***@host:80/a"),
        ("http://ann:p@w@host/a@b", "http://ann:***@host/a@b"),
        ("http://ann:p/w@host/a", "http://ann:***@host/a"),
        (
            "postgresql+psycopg://ann:p%40w@host:5432/db?sslmode=on",
            "postgresql+psycopg://ann:***@host:5432/db?sslmode=on",
        ),
        ("mysql+pymysql://host/db?user=ann&password=pw", "mysql+pymysql://host/db?user=ann&password=***"),
        ("/a?access_token=x&b=1&API%5FKEY=y#id_token=z", "/a?access_token=***&b=1&API%5FKEY=***#id_token=***"),
        ("/a;jsessionid=12;v=1/b?key=x", "/a;jsessionid=***;v=1/b?key=***"),
    ],
)
def test_urls_with_secrets(url: str, masked: str) -> None:
    """The password of a URL and its secret parameters are hidden, whatever its scheme."""
    assert redact_url(url) == masked


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://host",
        "http://host:8080/a?email=ann@example.com",
        "http://host/a?email=ann@example.com",
        "http://ann@host:80/a:b@c",
        "http://[::1]:8080/a?email=ann@example.com",
        "http://host:80",
        "sqlite:///C:/data/a@b.db",
        "/path:x?email=a@b",
        "/a?token_type=bearer&password=&flag",
    ],
)
def test_urls_without_secrets(url: str) -> None:
    """A URL that holds no secret stays as it is."""
    assert redact_url(url) == url


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("from postgresql://u:p@h/d to mysql://:p@h", "from postgresql://u:***@h/d to mysql://:***@h"),
        ('"a://u:p@ss@h/d" and "b://u:p/w@h"', '"a://u:***@h/d" and "b://u:***@h"'),
        ("http://h/a:b@c, http://h:80/a@b and me@h", "http://h/a:b@c, http://h:80/a@b and me@h"),
        ("http://u@h and http://h:80", "http://u@h and http://h:80"),
    ],
)
def test_urls_within_texts(text: str, masked: str) -> None:
    """Only the password of a URL is hidden, wherever in a text it stands."""
    assert redact_urls(text) == masked


@pytest.mark.parametrize(
    ("name", "value", "masked"),
    [
        ("Authorization", "Bearer abc.def", "Bearer ***"),
        ("authorization", 'Digest username="ann", response="x"', "Digest ***"),
        ("Proxy-Authorization", "Basic YTpi", "Basic ***"),
        ("Authorization", "abcdef", "***"),
        ("Cookie", "a=1; theme=dark", "a=***; theme=***"),
        ("Cookie", "opaque", "***"),
        ("Set-Cookie", "sid=a,b; Path=/; HttpOnly", "sid=***; Path=/; HttpOnly"),
        (
            "Set-Cookie",
            "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/, b=2; Max-Age=9",
            "a=***; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/, b=***; Max-Age=9",
        ),
        ("Set-Cookie", "path=secret; Path=/", "path=***; Path=/"),
        ("X-API-Key", "abc", "***"),
        (b"X-Auth-Token", b"abc", "***"),
        ("Location", "http://ann:pw@host/?token=x", "http://ann:***@host/?token=***"),
        ("Content-Type", "application/json", "application/json"),
        ("Content-Length", 12, "12"),
        ("WWW-Authenticate", 'Basic realm="x"', 'Basic realm="x"'),
    ],
)
def test_headers(name: Any, value: Any, masked: str) -> None:
    """Credentials, cookies and keys are hidden, the rest of the headers stays."""
    text = name.decode() if isinstance(name, bytes) else name
    assert redact_headers({name: value}) == [(text, masked)]
    assert redact_headers([(name, value)]) == [(text, masked)]


def test_headers_keep_their_order() -> None:
    """Headers come in the order given, those that are repeated too."""
    pairs = [("B", "1"), ("A", "2"), ("B", "3")]
    assert redact_headers(pairs) == pairs


@pytest.mark.parametrize(
    ("body", "masked"),
    [
        ('{"user": "ann", "password" : "p\\"w", "n": 1}', '{"user": "ann", "password" : "***", "n": 1}'),
        ('[{"pin":1234}, 5]', '[{"pin":"***"}, 5]'),
        ('{"tokens": ["a", {"b": "c"}], "d": "e"}', '{"tokens": ["***", {"b": "***"}], "d": "e"}'),
        ('{"secret": {"token": {"a": 1}, "b": 2}, "c": 3}', '{"secret": {"token": {"a": "***"}, "b": "***"}, "c": 3}'),
        ('{"password": null, "a": "b"}', '{"password": null, "a": "b"}'),
        ('{"a": ["password", "b"], "c": "d"}', '{"a": ["password", "b"], "c": "d"}'),
        ('{"a": "\\"password\\": \\"x\\""}', '{"a": "\\"password\\": \\"x\\""}'),
        ('{"password": "cut o', '{"password": "***"'),
        ('{"password": "cut o\\', '{"password": "***"'),
        (']]{"credentials": {"a": "b"}}', ']]{"credentials": {"a": "***"}}'),
    ],
)
def test_json_bodies(body: str, masked: str) -> None:
    """In JSON, whole or cut off, the values of secret names are hidden and the layout stays."""
    assert redact_body(body, "application/json; charset=utf-8") == masked


documents = st.recursive(
    st.text(alphabet='ab"\\:, {[') | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["a", "b", "password"]), inner),
    max_leaves=8,
)


def without_secrets(value: Any, secret: bool = False) -> Any:
    """What masking is to give, worked out on the document instead of its text."""
    if isinstance(value, dict):
        return {name: without_secrets(item, secret or name == "password") for name, item in value.items()}
    if isinstance(value, list):
        return [without_secrets(item, secret) for item in value]
    return "***" if secret else value


@given(documents, st.sampled_from([None, 2]))
def test_masked_json_is_json(document: Any, indent: int | None) -> None:
    """Masked JSON is JSON with the secrets replaced, and nothing else changed."""
    masked = redact_body(json.dumps(document, indent=indent), "application/json")
    assert masked == json.dumps(without_secrets(document), indent=indent)


@pytest.mark.parametrize(
    ("body", "masked"),
    [
        ("<a><wsse:Password Type='x'>pw</wsse:Password></a>", "<a><wsse:Password Type='x'>***</wsse:Password></a>"),
        ("<token><![CDATA[a<b]]></token><b>c</b>", "<token>***</token><b>c</b>"),
        ("<token/>text", "<token/>text"),
        ("<secrets>\n <a>b</a></secrets>", "<secrets>\n <a>b</a></secrets>"),
        ("<user name='a' s:password = \"pw\" pin='1'/>", "<user name='a' s:password = \"***\" pin='***'/>"),
        ("<password>cut o", "<password>***"),
    ],
)
def test_xml_bodies(body: str, masked: str) -> None:
    """In XML the texts of secret elements and the values of secret attributes are hidden."""
    assert redact_body(body, "text/xml") == masked


@pytest.mark.parametrize(
    ("body", "masked"),
    [
        ("user=ann&password=p;w#x&b=1", "user=ann&password=***&b=1"),
        ("client%5Fsecret=x", "client%5Fsecret=***"),
        ("password=", "password="),
    ],
)
def test_form_bodies(body: str, masked: str) -> None:
    """In a form the values of secret fields are hidden."""
    assert redact_body(body, "application/x-www-form-urlencoded") == masked


def test_multipart_bodies() -> None:
    """In a form of several parts, what the parts of secret names hold is hidden."""
    part = '--b\r\nContent-Disposition: form-data; name="{}"\r\nContent-Type: text/plain\r\n\r\n{}\r\n'
    body = part.format("user", "ann") + part.format("password", "p\r\nw") + "--b--\r\n"
    masked = part.format("user", "ann") + part.format("password", "***") + "--b--\r\n"
    assert redact_body(body, "multipart/form-data; boundary=b") == masked


@pytest.mark.parametrize(
    ("body", "masked"),
    [
        (' {"pin": 1}', ' {"pin": "***"}'),
        ("<pin>1</pin>", "<pin>***</pin>"),
        ("a=1&pin=2", "a=1&pin=***"),
        ('--b\nname="pin"\n\n1\n--b--', '--b\nname="pin"\n\n***\n--b--'),
        ("The password = x", "The password = x"),
        ("", ""),
    ],
)
def test_bodies_of_no_declared_type(body: str, masked: str) -> None:
    """Where no content type says what a body is, its beginning does; prose stays as it is."""
    assert redact_body(body, "") == masked


@pytest.mark.parametrize(
    "mask",
    [
        redact_url,
        lambda text: redact_text(text, [text, text[:4]]),
        lambda text: redact_headers([("Authorization", text), ("Cookie", text), ("Set-Cookie", text), (text, text)]),
        lambda text: [redact_body(text, kind) for kind in ("", "json", "xml", "form", "multipart", text)],
    ],
)
def test_any_text_is_taken(mask: Callable[[str], object]) -> None:
    """No text makes redaction raise, lone surrogates and halves of documents included."""

    @given(st.text(st.characters()) | st.text(alphabet='"\\{}[]<>=&;:@/?#,-password \r\n!CDATA'))
    def check(text: str) -> None:
        mask(text)

    check()


@pytest.mark.parametrize(
    "unit", ["<", '"', '\\"', "#", "a=", 'name="a"\r\n', "<a ", "<![CDATA[", "{", ",", " ", "?", ";a"]
)
def test_long_runs(unit: str) -> None:
    """A long run of any mark is taken as any other text."""
    text = unit * 20_000
    assert [redact_body(text, kind) for kind in ("json", "xml", "form", "multipart")]
    assert redact_headers([("Set-Cookie", text), ("Location", text)])


@pytest.mark.parametrize("text", ["user_pass_word=x", "my API-key", "Authorization: x", "JSESSIONID"])
def test_a_text_that_may_name_a_secret(text: str) -> None:
    """Whatever its case, with dashes and underscores; others are passed over."""
    assert mentions_secret(text)
    assert not mentions_secret("name=Ann, city=Oslo")
