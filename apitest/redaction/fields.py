"""PURE: takes out of URLs, headers and bodies what stands there under the name of a secret.

A name is taken for that of a secret by what it is made of (``client_secret``, ``X-Api-Key``). Texts are changed only
where a secret stands, so that they can still be compared with what was sent. Nothing here raises on any text: half
a document, such as a body that was cut off, is redacted as far as it goes.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from urllib.parse import unquote_plus

from apitest.expressions import expression
from apitest.redaction.texts import MASK

Hide = Callable[[str], str]
"""Is given a secret as it stands in a text; gives what is shown in its place."""

_SECRET_WORDS = expression(
    "passw|passphrase|secret|token|credential|signature|authorization|session|(client|saml)assertion"
    "|(api|access|private|auth|account|master|signing|encryption|subscription|functions)key"
)
_SECRET_NAMES = frozenset(
    ("pass", "pwd", "pin", "otp", "totpkey", "totpcode", "totpuri", "auth", "authentication", "sid", "sig", "jwt")
)
_MENTIONED = expression("|".join([_SECRET_WORDS.pattern, *sorted(_SECRET_NAMES)]))
# These tell about a secret, they do not hold one: token_type, token_endpoint, password_policy. So does the response of
# a service that changes a password: what it says is whose.
_TELLING_ENDS = (
    *("type", "count", "length", "endpoint", "url", "uri"),
    *("expiresin", "expiresat", "expiry", "policy", "timeout", "changepasswordresponse"),
)
_COOKIE_ATTRIBUTES = frozenset(("path", "domain", "expires", "max-age", "samesite", "priority", "version", "comment"))
_CREDENTIALS, _COOKIES = ("authorization", "proxy-authorization"), ("cookie", "set-cookie")
_URL_HEADERS = frozenset(("location", "content-location", "referer"))

_USERINFO = expression(r"((?:[^/?#:@]*:)?//)?([^/?#:@]*):(?!//)")
# Of a URL within a text: a user and a password, which may hold what should have been escaped; a port is none.
_PASSWORD = expression(r"""(?<=://)([^\s/@:"]*):(?![0-9]+[/?#])(?:[^\s/"]*|[^\s"]*)@""")
_AUTHORITY_END = expression(r"[/?#]")
_SCHEME = expression(r"\s*([A-Za-z][A-Za-z0-9-]{0,19})\s+\S")
_URL_FIELD = expression(r"([?&#][^=&#?]*=)([^&#]+)|(;[^=&#?;/]*=)([^&#?;/]+)")
_FORM_FIELD = expression(r"((?:^|&)[^=&]*=)([^&]+)")
_LOOKS_LIKE_FORM = expression(r"[^\s=&]+=\S*\s*\Z")
_COOKIE = expression(r"(?<![^\s;,=])([^\s;,=]+)=([^;,]*+(?:,(?!\s*[^\s;,=]+=)[^;,]*+)*)")
_JSON_TOKEN = expression(
    r'"(?P<name>(?:[^"\\]++|\\.|\\\Z)*+)"\s*+:|(?P<value>"(?:[^"\\]++|\\.|\\\Z)*+(?:"|\Z)|-?[0-9][0-9.eE+-]*+)'
    r"|(?P<mark>[\[\]{},])",
    re.DOTALL,
)
_XML_ELEMENT = expression(
    r"(<(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*)?(?<!/)>)((?:[^<]++|<!\[CDATA\[.*?(?:\]\]>|\Z))+)", re.DOTALL
)
_XML_ATTRIBUTE = expression(r"(\s(?:[\w.-]+:)?([\w.-]+)\s*=\s*)(\"[^\"<]*\"?|'[^'<]*'?)")
_FORM_PART = expression(r'(name="([^"\r\n]*)"[^\r\n]*(?:\r?\n[^\r\n]+){0,9}\r?\n\r?\n)(.*?)(?=\r?\n--|\Z)', re.DOTALL)


@lru_cache(maxsize=2048)
def is_secret(name: str) -> bool:
    """Whether a field, header or parameter of this name holds a secret."""
    plain = "".join(char for char in name.casefold() if char.isalnum())
    if plain in _SECRET_NAMES:
        return True
    return bool(_SECRET_WORDS.search(plain)) and not plain.endswith(_TELLING_ENDS)


def mentions_secret(text: str) -> bool:
    """Whether a text may have the name of a secret in it; most have none, and this is quick to see."""
    return bool(_MENTIONED.search(text.casefold().replace("_", "").replace("-", "")))


def _mask(secret: str) -> str:
    """What is shown of a secret."""
    return MASK


def redact_url(url: str, hide: Hide = _mask) -> str:
    """A URL, of any scheme or none, without its password and the secrets of its query, fragment and path.

    Args:
        url: the URL.
        hide: is given each secret as it stands there, and gives what is shown instead.
    """
    return _URL_FIELD.sub(partial(_redact_url_field, hide), _redact_userinfo(url, hide))


def redact_urls(text: str) -> str:
    """A text without the passwords of the URLs in it; their users stay."""
    return _PASSWORD.sub(rf"\1:{MASK}@", text)


def redact_headers(
    headers: Mapping[object, object] | Iterable[tuple[object, object]], hide: Hide = _mask
) -> list[tuple[str, str]]:
    """Names and values of headers, in their order, without credentials, cookies and keys.

    Args:
        headers: a mapping or pairs; names and values are text or bytes.
        hide: as of `redact_url`.

    Returns:
        The pairs as text; of an authorization the scheme is kept, of a cookie its name and its attributes.
    """
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    return [(name, _redact_header(hide, name, value)) for name, value in ((_text(n), _text(v)) for n, v in pairs)]


def redact_body(text: str, content_type: str, hide: Hide = _mask) -> str:
    """A body without the values of those fields whose names look secret; its layout stays.

    Args:
        text: JSON, XML, an HTML form in either encoding, or anything else, which is returned as it is.
        content_type: of the body, as the header has it; where it says nothing, the body's beginning tells.
        hide: as of `redact_url`.
    """
    declared, start = content_type.lower(), text.lstrip("\ufeff \t\r\n")[:1]
    if "json" in declared or start in ("{", "["):
        return _JSON_TOKEN.sub(_JsonRedaction(hide), text)
    if "xml" in declared or start == "<":
        return _XML_ATTRIBUTE.sub(
            partial(_redact_attribute, hide), _XML_ELEMENT.sub(partial(_redact_element, hide), text)
        )
    if "multipart" in declared or text.startswith("--"):
        return _FORM_PART.sub(partial(_redact_element, hide), text)
    if "form" in declared or _LOOKS_LIKE_FORM.match(text):
        return _FORM_FIELD.sub(partial(_redact_form_field, hide), text)
    return text


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _redact_userinfo(url: str, hide: Hide) -> str:
    """A URL without its password, which may hold any character that should have been escaped."""
    match = _USERINFO.match(url)
    if match is None:
        return url
    start = match.end()
    authority = _AUTHORITY_END.split(url[start:], maxsplit=1)[0]
    if "@" in authority:
        end = start + authority.rindex("@")
    elif "@" in url[start:] and not authority.isdecimal() and not match[2].startswith("["):
        end = url.rindex("@")  # neither a port nor part of an IPv6 address: a password with a slash in it
    else:
        return url
    return url[:start] + hide(url[start:end]) + url[end:]


def _redact_url_field(hide: Hide, field: re.Match[str]) -> str:
    start = field[1] or field[3]
    name = unquote_plus(start[1:-1])
    # A lone "key" is mostly an API key in a URL, and mostly something else in a document.
    return start + hide(field[2] or field[4]) if is_secret(name) or name.casefold() == "key" else field[0]


def _redact_form_field(hide: Hide, field: re.Match[str]) -> str:
    name = unquote_plus(field[1].strip("&=\r\n"))
    return field[1] + hide(field[2]) if is_secret(name) else field[0]


@lru_cache(maxsize=2048)
def may_hold_secret(header: str) -> bool:
    """Whether a header of this name may hold a secret, whatever its value is."""
    plain = header.casefold()
    return plain in _CREDENTIALS or plain in _COOKIES or plain in _URL_HEADERS or is_secret(header)


def _redact_header(hide: Hide, name: str, value: str) -> str:
    if not may_hold_secret(name):
        return value
    plain = name.casefold()
    if plain in _CREDENTIALS:
        scheme = _SCHEME.match(value)
        return f"{scheme[1]} {hide(value[scheme.end() - 1 :])}" if scheme else hide(value)
    if plain in _COOKIES:
        return _COOKIE.sub(partial(_redact_cookie, hide), value) if "=" in value else hide(value)
    if plain in _URL_HEADERS:
        return redact_url(value, hide)
    return hide(value)


def _redact_cookie(hide: Hide, cookie: re.Match[str]) -> str:
    is_attribute = cookie.start() > 0 and cookie[1].casefold() in _COOKIE_ATTRIBUTES
    return cookie[0] if is_attribute else f"{cookie[1]}={hide(cookie[2])}"


def _redact_element(hide: Hide, element: re.Match[str]) -> str:
    """An XML element or a part of a form: its beginning, its name, what it holds."""
    return element[1] + hide(element[3]) if is_secret(element[2]) and element[3].strip() else element[0]


def _redact_attribute(hide: Hide, attribute: re.Match[str]) -> str:
    if not is_secret(attribute[2]):
        return attribute[0]
    quote = attribute[3][0]
    return f"{attribute[1]}{quote}{hide(attribute[3].strip(quote))}{quote}"


class _JsonRedaction:
    """Replaces the values of secret names while the tokens of a JSON text pass by.

    A list or an object of a secret name is secret throughout; true, false and null tell nothing and stay.
    """

    def __init__(self, hide: Hide) -> None:
        self._hide = hide
        self._pending = False
        self._depth = 0
        self._secret_depth = 0

    def __call__(self, token: re.Match[str]) -> str:
        if token.lastgroup == "name":
            self._pending = is_secret(token["name"])
        elif token.lastgroup == "value":
            secret, self._pending = self._pending or self._secret_depth > 0, False
            return f'"{self._hide(token[0])}"' if secret else token[0]
        else:
            self._pass_mark(token[0])
        return token[0]

    def _pass_mark(self, mark: str) -> None:
        if mark in "[{":
            self._depth += 1
            if self._pending and not self._secret_depth:
                self._secret_depth = self._depth
        elif mark in "]}":
            if self._depth == self._secret_depth:
                self._secret_depth = 0
            self._depth = max(0, self._depth - 1)
        self._pending = False
