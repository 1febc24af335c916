"""Whatever a secret is, however it is encoded, and wherever in a text it stands: it is not told."""

import base64
import html
import json
import quopri
import textwrap
import urllib.parse
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apitest.redaction import redact_text

_SIGNS = "+/&<>%=_-.~#?\"'\\ :;,@!$()[]{}|^`"
SECRETS = st.text(st.sampled_from(_SIGNS + "aZ09kQ7éößłπ漢🔑"), min_size=6, max_size=48).filter(
    lambda text: text == text.strip() and len(set(text)) > 4 and len(text.split()) == text.count(" ") + 1
)


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _hexed(text: str) -> str:
    return text.encode().hex()


def _utf16(text: str) -> str:
    units = text.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "Base64": _b64,
    "Base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "Base64 of user and password": lambda text: _b64(f"maria:{text}"),
    "Base64 within a text": lambda text: _b64(f"{_BEFORE['Base64 within a text']}{text}{'tail' * 9}"),
    "Base64 of JSON": lambda text: _b64(json.dumps({"a": text, "b": 1})),
    "URL": lambda text: urllib.parse.quote(text, safe=""),
    "form": urllib.parse.quote_plus,
    "every byte of a URL": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "hexadecimal": _hexed,
    "hexadecimal in capitals": lambda text: _hexed(text).upper(),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON, not in ASCII": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "JSON, every character": _utf16,
    "JSON with slashes escaped": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "JSON in JSON": lambda text: json.dumps(json.dumps(text))[3:-3],
    "XML": html.escape,
    "XML, every character": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()).decode(),
    "JSON of Base64": lambda text: json.dumps(_b64(text))[1:-1].replace("/", "\\/"),
    "URL of Base64": lambda text: urllib.parse.quote(_b64(text), safe=""),
}


def _wrapped(text: str, width: int, end: str) -> str:
    return end.join(text[at : at + width] for at in range(0, len(text), width))


PLACES: dict[str, Callable[[str], str]] = {
    "alone": str,
    "a sentence": lambda text: f"the key {text} is wrong",
    "a header": lambda text: f"X-Any: {text}",
    "a Basic header": lambda text: f"Authorization: Basic {text}",
    "a JSON document": lambda text: f'{{"a": 1, "b": "{text}", "c": [2]}}',
    "an element": lambda text: f"<a><b>{text}</b></a>",
    "an attribute": lambda text: f'<testcase name="{text}" time="0.1"/>',
    "a URL": lambda text: f"GET http://127.0.0.1:8080/a?x={text}&y=1",
    "a curl line": lambda text: f"curl -H 'X-Any: {text}' http://127.0.0.1/",
    "a table": lambda text: f"| name | {text} |",
    "a diff": lambda text: f'- "{text}"\n+ "other"',
    "an exception": lambda text: f"KeyError: '{text}'\n  in line 5",
    "a file name": lambda text: f"saved/{text}.pdf",
    "lines of 76": lambda text: "x" * 70 + "\n" + _wrapped(text, 76, "\r\n"),
    "short lines": lambda text: _wrapped(text, 10, "\n"),
    "folded": lambda text: _wrapped(text, 16, "\r\n "),
    "indented": lambda text: textwrap.indent(_wrapped(text, 12, "\n"), "    "),
    "lines within JSON": lambda text: _wrapped(text, 20, "\\r\\n"),
}
_BEFORE = {"Base64 within a text": "x" * 50, "Base64 of user and password": "maria:", "Base64 of JSON": '{"a": "'}
_SPACED = ("lines of 76", "short lines", "folded", "indented", "lines within JSON")


def _core(written: str, encoding: str, secret: str) -> str:
    """The part of what was written that is the secret's alone."""
    before = _BEFORE.get(encoding)
    if before is None:
        return written
    ahead = len(before.encode())
    inner = json.dumps(secret)[1:-1] if "JSON" in encoding else secret
    return written[-(-ahead // 3) * 4 : (ahead + len(inner.encode())) // 3 * 4]


def _left(text: str, written: str, place: str) -> str:
    """What of the secret, as it is written, can be read in a text, lines joined where it was broken into lines."""
    if place in _SPACED:
        text = "".join(text.replace("\\r\\n", "").split())
        written = "".join(written.split())
    piece = max(8, len(written) // 2)
    starts = range(max(1, len(written) - piece + 1))
    return next((written[at : at + piece] for at in starts if written[at : at + piece] in text), "")


@settings(deadline=None, max_examples=2 * settings.default.max_examples, derandomize=True)
@given(secret=SECRETS, encoding=st.sampled_from(sorted(ENCODINGS)), place=st.sampled_from(sorted(PLACES)))
@example('d9i"3l8_ &mq=Y _0E>W9O4oiA"VnmTnzo"la<', "Base64 within a text", "lines of 76")
def test_nothing_is_left(secret: str, encoding: str, place: str) -> None:
    """No half of what was written can be read in what is told."""
    written = ENCODINGS[encoding](secret)
    told = redact_text(PLACES[place](written), {secret})
    assert not _left(told, _core(written, encoding, secret), place), f"{encoding} in {place}: {told!r}"


@pytest.mark.parametrize("place", sorted(PLACES))
@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
def test_each_pair(encoding: str, place: str) -> None:
    """Each encoding in each place, with a secret that has letters, signs and what is not in ASCII."""
    for secret in ("Zq7S3cretW0rd", "pä/w+ö &<z>9Kx%='q"):
        written = ENCODINGS[encoding](secret)
        assert not _left(redact_text(PLACES[place](written), {secret}), _core(written, encoding, secret), place)
