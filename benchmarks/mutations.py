"""Requests that are in order, and what becomes of them when they are spoiled at random."""

import random
from collections.abc import Callable
from itertools import pairwise

_JSON = b'{"customer": {"id": 12345, "name": "Maria", "tags": ["a", "b"], "balance": 12.5, "ok": true, "none": null}}'
_FORM = b"name=Maria&tag=a&tag=b&text=%C3%BC+%26&empty="
_PART = b'--x\r\nContent-Disposition: form-data; name="%b"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n%b\r\n'
_MULTIPART = _PART % (b"one", b"1") + _PART % (b"two", b"2" * 200) + b"--x--\r\n"
_XML = b'<?xml version="1.0" encoding="utf-8"?><a b="c"><d>text</d><!-- e --><![CDATA[f]]></a>'
_SOAP = b'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><a>1</a></soap:Body></soap:Envelope>'
_WEBSOCKET = (
    b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


def _request(line: bytes, headers: bytes = b"", body: bytes = b"") -> bytes:
    length = b"Content-Length: %d\r\n" % len(body) if body else b""
    return line + b" HTTP/1.1\r\nHost: localhost\r\n" + headers + length + b"\r\n" + body


def _chunked(body: bytes) -> bytes:
    cuts = sorted({0, len(body) // 3, len(body) // 2, len(body)})
    parts = [body[start:end] for start, end in pairwise(cuts)]
    return b"".join(b"%x;a=b\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\nX-Trailer: a\r\n\r\n"


CORPUS = [
    _request(b"GET /zato/ping"),
    _request(b"HEAD /json?a=1&b=%20c"),
    _request(b"OPTIONS *"),
    _request(b"GET http://localhost/typed/x?count=1"),
    b"GET /json HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    _request(b"POST /json", b"Content-Type: application/json\r\n", _JSON),
    _request(b"POST /json", b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n") + _chunked(_JSON),
    _request(b"POST /form", b"Content-Type: application/x-www-form-urlencoded\r\nCookie: a=b; c=d\r\n", _FORM),
    _request(b"POST /form", b"Content-Type: multipart/form-data; boundary=x\r\n", _MULTIPART),
    _request(b"POST /form", b"Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n")
    + _chunked(_MULTIPART),
    _request(b"PUT /xml", b"Content-Type: application/xml; charset=utf-8\r\n", _XML),
    _request(b"POST /soap", b'Content-Type: text/xml\r\nSOAPAction: "a"\r\n', _SOAP),
    _request(b"POST /raw", b"Content-Type: application/octet-stream\r\nExpect: 100-continue\r\n", bytes(range(256))),
    _request(b"POST /typed/x", b"Content-Type: application/json\r\n", b'{"count": 5}'),
    _request(b"POST /json", b"Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Type: application/json\r\n", _JSON),
    _request(b"GET /events", _WEBSOCKET) + b"\x81\x85\x01\x02\x03\x04\x69\x67\x6f\x68\x6e\x88\x80\x00\x00\x00\x00",
    _request(b"GET /closed", b"Authorization: Basic dTpw\r\n"),
    _request(b"GET /key", b"X-API-Key: k\r\n"),
    _request(b"GET /token", b"Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl\r\n"),
    _request(
        b"GET /zato/json/zato.service.get-list",
        b"Authorization: Bearer a.b.c\r\nX-Forwarded-For: 10.0.0.1, 10.0.0.2\r\n",
    ),
    _request(b"POST /zato/json/zato.ping", b"Content-Type: application/json\r\nOrigin: http://localhost\r\n", b"{}"),
    _request(b"POST /zato/jwt/log-in", b"Content-Type: application/json\r\n", b'{"username": "a", "password": "b"}'),
    _request(b"GET /zato/ping") * 5,
]
_WORDS = [
    *(b"\r\n", b" ", b"\0", b"\xff", b"\x1b[31m"),
    *b"%00 %ff .. // ../../etc/passwd -1 0 99999999999999999999 1e999 NaN {} [] [[[[ ]]]] null".split(b" "),
    *b"chunked identity gzip keep-alive close Upgrade 100-continue HTTP/1.0 HTTP/9.9 GET POST CONNECT TRACE".split(
        b" "
    ),
    *(b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n", b"Expect: 100-continue\r\n", b"Host: \r\n"),
    *(b"\r\n\r\n", b"--x\r\n", b"--x--\r\n", b"&a=b", b"%zz", b"\\ud800", b'"', b";" * 500, b"A: b\r\n" * 60),
    *(b"charset=utf-16", b"charset=zlib", b"boundary=", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"\xef\xbb\xbf"),
]


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 1, 2, 8, 40)))


def _flip(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + bytes(byte ^ (1 << chance.randrange(8)) for byte in data[start:end]) + data[end:]


def _drop(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[start:end] * chance.choice((2, 3, 50)) + data[end:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + chance.choice(_WORDS) + data[chance.choice((start, end)) :]


def _noise(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _join(data: bytes, chance: random.Random) -> bytes:
    other = chance.choice(CORPUS)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other)) :]


def _swap_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\r\n")
    chance.shuffle(lines)
    return b"\r\n".join(lines)


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [
    *(_flip, _drop, _repeat, _insert, _insert, _noise, _cut, _join, _swap_lines)
]


def mutated(chance: random.Random) -> bytes:
    """A request of the corpus after up to six mutations; sometimes after none."""
    data = chance.choice(CORPUS)
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3, 6))):
        data = chance.choice(MUTATIONS)(data, chance)
    return data
