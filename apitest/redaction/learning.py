"""PURE: which secrets a request, a response or a step brings along, by the names that they have there.

What stands under the name of a secret is hidden there in any case. What is learned here is hidden everywhere else as
well, from six characters on; a shorter value, or a word that anybody may use, would take innocent texts with it.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote, unquote_plus

from apitest.expressions import expression
from apitest.redaction.appearance import is_worth
from apitest.redaction.fields import (
    is_secret,
    may_hold_secret,
    mentions_secret,
    redact_body,
    redact_headers,
    redact_url,
)

_LONGEST = 20_000  # characters of a body that are looked at
_NAMED = expression(r"[$@#](?:\{([^{}\r\n]+)\}|([\w.-]+)\Z)")
_SIGNS = frozenset("$@#")
_URL = expression(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\"'<>]+")
_LAST = expression(r"[\w.-]+(?=[^\w.-]*\Z)")  # the last word of a path, an XPath, a JSONPath or a name
# Parameters of sentences that take a secret, and those that say what another one is the value of.
_PARAMETERS = frozenset(("password", "token", "secret", "client_secret", "api_key"))
_VALUES = ("value", "values", "default", "text", "header_value")


def of_message(url: str, headers: Iterable[tuple[object, object]], body: str) -> set[str]:
    """The secrets of a request or a response: of its URL, its headers and its body.

    Args:
        url: as it was asked for; empty for a response.
        headers: pairs of name and value.
        body: as text; of a long one, the beginning is enough.
    """
    found: set[str] = set(_of_url(url)) if url else set()
    kind = ""
    for name, value in headers:
        if may_hold_secret(str(name)):  # few do
            found |= _of_header(str(name), value)
        elif not kind and str(name).lower() == "content-type":
            kind = str(value)
    if mentions_secret(body[:_LONGEST]):
        kept: list[str] = []
        redact_body(body[:_LONGEST], kind, _keeper(kept))
        found |= _worth(kept)
    return found


# The same URLs and headers come with each request, and looking into them takes long.
@lru_cache(maxsize=256)
def _of_url(url: str) -> frozenset[str]:
    kept: list[str] = []
    redact_url(url, _keeper(kept))
    return frozenset(_worth(kept))


@lru_cache(maxsize=512)
def _of_header(name: str, value: object) -> frozenset[str]:
    kept: list[str] = []
    redact_headers([(name, value)], _keeper(kept))
    return frozenset(_worth(kept))


def _keeper(kept: list[str]) -> Callable[[str], str]:
    def keep(secret: str) -> str:
        kept.append(secret)
        return ""

    return keep


@lru_cache(maxsize=256)
def of_text(text: str) -> frozenset[str]:
    """The secrets of a text that is a document, a form, or holds URLs: a doc string, a parameter, what was printed."""
    found: list[str] = []
    keep = _keeper(found)
    for url in _URL.findall(text) if "://" in text else ():
        redact_url(url, keep)
    if mentions_secret(text[:_LONGEST]):
        redact_body(text[:_LONGEST], "", keep)
    return frozenset(_worth(found))


def of_arguments(arguments: Mapping[str, str], sentence: str = "") -> Iterator[tuple[str, bool]]:
    """The parameters of a step that are secrets, as they are written there; true for passwords, keys and tokens.

    The others have the name of a secret beside them.

    Args:
        arguments: the texts of the parameters by their names.
        sentence: what they are the parameters of, each in braces.
    """
    named = sentence.startswith("cookie ") or any(
        _names_secret(text) for name, text in arguments.items() if name not in _VALUES
    )
    for name, text in arguments.items():
        always = name in _PARAMETERS or (name == "key" and sentence.startswith("API key"))
        if always or (named and name in _VALUES):
            yield text, always


def of_rows(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The cells of a table that stand beside the name of a secret, or below one that heads a column."""
    headings: list[str] = []
    for row in rows:
        cells = list(row)
        headings = headings or cells
        for at, cell in enumerate(cells):
            if cells is not headings and ((at and _names_secret(cells[0])) or _names_secret(headings[at])):
                yield cell


def names_in(text: str) -> Iterator[str]:
    """The names with a sign in a parameter, such as $TOKEN or #{token}, that are those of secrets."""
    for match in _NAMED.finditer(text) if not _SIGNS.isdisjoint(text) else ():
        if _names_secret(match[1] or match[2]):
            yield match[0].replace("{", "").replace("}", "")


def environment_in(text: str) -> Iterator[str]:
    """The environment variables that a parameter names, such as $LICENSE or ${LICENSE}, whatever they are called."""
    for match in _NAMED.finditer(text) if "$" in text else ():
        if match[0].startswith("$"):
            yield match[0].replace("{", "").replace("}", "")


def _names_secret(name: str) -> bool:
    last = _LAST.search(name)
    return bool(last and is_secret(last[0]))


def _worth(found: Iterable[str]) -> set[str]:
    """The secrets as they are when they are not escaped, without those that would hide what is none."""
    return {secret for text in found for secret in _readings(text) if is_worth(secret)}


def _readings(text: str) -> Iterator[str]:
    if text.startswith('"'):
        try:
            yield str(json.loads(text))
        except ValueError:
            yield text.strip('"')
        return
    text = text.strip()
    yield text
    yield unquote(text)
    yield unquote_plus(text)
    plain = text
    if "&" in text:
        from html import unescape  # here, since few secrets are written so

        plain = unescape(text)
    yield plain.removeprefix("<![CDATA[").removesuffix("]]>")
    try:  # of Basic Auth
        user, colon, password = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return
    if colon and user.isprintable():
        yield password
