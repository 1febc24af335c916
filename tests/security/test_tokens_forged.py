"""Tokens that nobody made, that are over, or that have logged out: none of them enters, on any server of the ODB."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from apitest_server.app import App
from apitest_server.config import parse
from tests.attempts import Attempts
from tests.server.asgi import Client, served

SECRET = "s" * 32
CONF = f"""
[security]
[[tokens]]
type = jwt
secret = {SECRET}
issuer = me
audience = you
[rest]
[[safe]]
path = /safe
service = zato.ping
security = tokens
"""
CHANNEL = {"connection": "channel", "transport": "plain_http", "url_path": "/stored", "service": "zato.ping"}
HS256 = {"alg": "HS256", "typ": "JWT"}
NOT_TIMES: tuple[object, ...] = (
    None,
    "",
    "x",
    "9999999999",
    True,
    [],
    {},
    -1,
    0,
    1.5,
    float("inf"),
    float("nan"),
    1e300,
    10**400,
)
WRONG: dict[str, tuple[object, ...]] = {
    "exp": NOT_TIMES,
    "jti": (None, "", " ", 0, 1, True, [], ["a"], {}, {"a": 1}),
    "iss": (None, "", "other", "ME", ["me"], {"me": 1}, True),
    "aud": (None, "", "other", ["other"], {"you": 1}, 5, []),
    "nbf": (9_999_999_999, "x", [], float("inf")),
    "sub": (1, [], {"a": 1}),
}
NAMES = ("none", "None", "NONE", "nOnE", "", None, "HS512", "hs256", "RS256", "ES256", "PS256", 5, [], {})
HEADERS: tuple[object, ...] = (
    *({"alg": name} for name in NAMES),
    {}, [], None, "HS256", {"alg": ["HS256"]}, {"alg": "HS256", "crit": ["exp"]}, {"typ": "JWT"},
    {"alg": "HS256", "b64": False, "crit": ["b64"]},
)  # fmt: skip
KEYS = (
    "",
    " ",
    "secret",
    "tokens",
    SECRET[:-1],
    SECRET + "s",
    SECRET.upper(),
    "../../dev/null",
    "-----BEGIN PUBLIC KEY-----",
)


def encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def signed(claims: object, header: object = HS256, key: str = SECRET, algorithm: str = "sha256") -> str:
    """A token, whatever it says."""
    body = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    text = f"{encoded(json.dumps(header).encode())}.{encoded(body)}"
    return f"{text}.{encoded(hmac.new(key.encode(), text.encode(), algorithm).digest()) if key else ''}"


def forged() -> dict[str, str]:
    """Tokens that nobody should accept."""
    good = {"sub": "u", "exp": int(time.time()) + 60, "jti": "a", "iss": "me", "aud": "you"}
    right = signed(good)
    head, body, signature = right.split(".")
    found = {
        f"without {name}": signed({key: good[key] for key in good if key != name})
        for name in ("exp", "jti", "iss", "aud")
    }
    for name, values in WRONG.items():
        found |= {f"{name} is {value!r:.40}": signed({**good, name: value}) for value in values}
    for header in HEADERS:
        found |= {f"{header}, signed with {key!r}": signed(good, header, key) for key in ("", "x", *KEYS)}
        if header not in ({}, {"typ": "JWT"}):
            found[f"{header}, signed"] = signed(good, header)
    found |= {f"signed with {key!r}": signed(good, HS256, key) for key in KEYS}
    found |= {f"signed by {kind}": signed(good, HS256, SECRET, kind) for kind in ("sha1", "sha384", "sha512", "md5")}
    found |= {
        f"claims are {text!r}": signed(text) for text in (b"", b"[]", b'"a"', b"5", b"null", b"{", b"\xff", b"[" * 9999)
    }
    parts = (
        "",
        ".",
        "..",
        "...",
        head,
        f"{head}.{body}",
        f"{head}.{body}.",
        f".{body}.{signature}",
        f"{right}.{signature}",
    )
    found |= {f"parts {number}": text for number, text in enumerate(parts)}
    long = (
        f"{head}.{'A' * 9_000_000}.AAAA",
        f"{'A' * 9_000_000}.A.A",
        "." * 9_000_000,
        signed({**good, "x": "x" * 20_000}),
    )
    found |= {f"long {number}": text for number, text in enumerate(long)}
    changed = encoded(json.dumps({**good, "sub": "admin"}).encode())
    found |= {
        "other claims": f"{head}.{changed}.{signature}",
        "another end": right[:-2] + ("AA" if right[-2:] != "AA" else "BB"),
    }
    return found


def test_no_forged_token_enters(tmp_path: Path, attempts: Attempts) -> None:
    """Unsigned, signed with something else, without an ID or an end, over, or of another issuer."""
    with served(tmp_path, CONF) as client:
        good = {"sub": "u", "exp": int(time.time()) + 60, "jti": "a", "iss": "me", "aud": "you"}
        assert client.get("/safe", Authorization=f"Bearer {signed(good)}").status == 200
        for what, token in forged().items():
            answer = client.get("/safe", Authorization=f"Bearer {token}")
            attempts.held(answer.status == 401, f"{what}: {answer.status}")
            answer = client.post("/zato/jwt/log-out", {"token": token})
            attempts.held(answer.status == 401, f"{what} logs out: {answer.status}")


def test_what_has_logged_out_stays_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attempts: Attempts) -> None:
    """On the server where it did, on another one of the ODB, and on both after a restart, however it is written."""
    monkeypatch.setattr("apitest_server.security.freshness.INTERVAL", 0.0)
    monkeypatch.setattr("apitest_server.cluster.objects.SharedObjects.are_current", False)
    with served(tmp_path, CONF) as one:
        fields = {"name": "stored", "username": "me", "password": "p"}
        number = one.result("zato.security.jwt.create", fields)["id"]
        one.result("zato.http-soap.create", {"name": "stored", "security_id": number, **CHANNEL})
        two = Client(App(parse(CONF, one.app.config.directory / "server.conf")))
        own = {"sub": "u", "exp": int(time.time()) + 600, "jti": "a", "iss": "me", "aud": "you"}
        tokens = {
            "/safe": signed(own),
            "/stored": one.post("/zato/jwt/log-in", {"username": "me", "password": "p"}).json()["token"],
        }
        for path, token in tokens.items():
            assert [server.get(path, Authorization=f"Bearer {token}").status for server in (one, two)] == [200, 200]
            assert two.post("/zato/jwt/log-out", {"token": token}).status == 200
        three = Client(App(parse(CONF, one.app.config.directory / "server.conf")))
        for server in (one, two, three):
            for path, token in tokens.items():
                for written in _spellings(token):
                    answer = server.get(path, Authorization=written)
                    attempts.held(answer.status == 401, f"{written}: {answer.status}")
            other = server.post("/zato/jwt/log-in", {"username": "me", "password": "p"}).json()["token"]
            assert server.get("/stored", Authorization=f"Bearer {other}").status == 200
        two.close()
        three.close()


def _spellings(token: str) -> list[str]:
    head, body, signature = token.split(".")
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    place = last.index(signature[-1])
    # The last letter of a signature has bits that do not count
    same = [f"{head}.{body}.{signature[:-1]}{last[place // 4 * 4 + n]}" for n in range(4)]
    padded = [f"{token}=", f"{head}=.{body}.{signature}", f"{head}.{body}==.{signature}="]
    written = [f"Bearer {text}" for text in (token, *same, *padded)]
    return [*written, f"bearer {token}", f"BEARER   {token}  ", f"Bearer\t{token}", f"Bearer {token}, Bearer {token}"]


def test_a_definition_that_is_gone_accepts_no_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attempts: Attempts
) -> None:
    """Inactive or deleted on one server, it lets nobody in on another one; nor does one whose secret was changed."""
    monkeypatch.setattr("apitest_server.security.freshness.INTERVAL", 0.0)
    monkeypatch.setattr("apitest_server.cluster.objects.SharedObjects.are_current", False)
    changes = ({"is_active": False}, {"secret": "t" * 32}, {"issuer": "other"}, {"audience": "other"})
    with served(tmp_path) as one:
        two = Client(App(parse("", one.app.config.directory / "server.conf")))
        for n, change in enumerate(changes):
            fields = {"name": f"n{n}", "username": f"u{n}", "password": "p"}
            number = one.result("zato.security.jwt.create", fields)["id"]
            path = {"name": f"n{n}", "url_path": f"/{n}", "security_id": number}
            one.result("zato.http-soap.create", {**CHANNEL, **path})
            three = Client(App(parse("", one.app.config.directory / "server.conf")))
            token = three.post("/zato/jwt/log-in", {"username": f"u{n}", "password": "p"}).json()["token"]
            assert three.get(f"/{n}", Authorization=f"Bearer {token}").status == 200
            one.result("zato.security.jwt.edit", {"id": number, **change})
            for server in (one, three):
                answer = server.get(f"/{n}", Authorization=f"Bearer {token}")
                attempts.held(answer.status == 401, f"{change}: {answer.status}")
            one.result("zato.security.jwt.edit", {"id": number, "is_active": False})
            answer = two.post("/zato/jwt/log-in", {"username": f"u{n}", "password": "p"})
            attempts.held(answer.status == 401, f"log-in after {change}: {answer.status}")
            three.close()
        two.close()
