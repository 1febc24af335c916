"""PURE  Secrets in texts of any kind: JSON that is cut off, forms, query strings, headers, tracebacks.

What attackers send comes here, so that each pattern takes time in proportion to the text.
"""

import binascii
import json
import re
from base64 import b64decode
from collections.abc import Iterable
from urllib.parse import unquote_plus

from apitest_server.redaction.markup import masked_markup
from apitest_server.redaction.names import MASK, is_secret

LONGEST = 10_000  # characters that are shown of a text
_MORE = 2000  # that are looked at, so that a secret at the end is not cut where it could not be told
_DEEPEST = 3
_SHORT = 4

_URL_PASSWORD = re.compile(r"""(?<=://)([^\s/?#@:"'<>]*+):(?![0-9]{1,5}(?:[/?#\s"']|\Z))[^\s"'<>]{1,300}@""")
_JWT = re.compile(r"(?<![\w-])eyJ[\w-]{8,}+\.[\w-]{2,}+(?:\.[\w-]*+)*")
_PEM = re.compile(r"(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)((?!-----END).)*+", re.DOTALL)
_SCHEME = re.compile(
    r"""\b(Basic|Bearer|Digest|Negotiate|NTLM|ApiKey)([ \t]+)"""
    r"""((?:[\w-]{1,40}+="[^"]*+"(?:[ \t]*+,[ \t]*+[\w-]{1,40}+=(?:"[^"]*+"|\w++))*+)|[\w.~+/=-]{4,}+)""",
    re.IGNORECASE,
)
_JSON_NAME = re.compile(r'"((?:[^"\\]|\\.){0,100}+)"\s*+:\s*+', re.DOTALL)
_JSON_VALUE = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[^\s,{}\[\]"]++', re.DOTALL)
_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|([\[{])|[\]}]', re.DOTALL)
_PART = re.compile(r'\bname="([^"\r\n]*)"[^\r\n]{0,500}+(?:\r?\n[^\r\n]{1,500}+){0,9}+\r?\n\r?\n')
_PART_END = re.compile(r"\r?\n--|\Z")
_LINE = re.compile(
    r"^([ \t>*-]{0,20}[\w.\[\]$-]{1,100}+[ \t]{0,20})(:[ \t]*+(?!//)|[ \t]+=[ \t]+)(\S[^\r\n]*)", re.MULTILINE
)
_FIELD = re.compile(r"(?:(?<=[?&;])|^)([\w.%\[\]$+-]{1,200}+)=", re.MULTILINE)
_FIELD_VALUE = re.compile(r"[^&\s#]++")
_PAIR = re.compile(r"""(?<![\w.%$-])([\w.%\[\]$-]{1,100}+)\\*["']?[ \t]{0,20}(?:=>|[:=])[ \t]{0,20}(?:[ub](?=["']))?""")
_PAIR_VALUE = re.compile(
    r""""(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|'(?:[^'\\]++|\\.)*+(?:'|\\?\Z)"""
    r"""|(\\++["'])(?:(?!\1).)*+(?:\1|\Z)|[^\s&"'\\\[{(][^\s&]*+""",
    re.DOTALL,
)
_ENCODED = re.compile(r"(?<![^=&\s?#])(?:[^%=&\s?#]*+%[0-9A-Fa-f]{2})++[^%=&\s#]*+")
_SQL = re.compile(r"""\b(PASSWORD|IDENTIFIED[ ]BY)(\s{1,20})('(?:[^']|'')*+'|"[^"]*+")""", re.IGNORECASE)


def without_credentials(text: str) -> str:
    """A text without what is a credential by its shape alone: URLs' passwords, authorizations, JWTs, private keys."""
    if "://" in text:
        text = _URL_PASSWORD.sub(rf"\1:{MASK}@", text)
    if "eyJ" in text:
        text = _JWT.sub(MASK, text)
    if "PRIVATE KEY-----" in text:
        text = _PEM.sub(rf"\1{MASK}", text)
    return _SCHEME.sub(_scheme, text)


def without(text: str, secrets: Iterable[str]) -> str:
    """A text without secrets that are known; one of a few characters is looked for as a word only."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        word = rf"(?<!\w){re.escape(secret)}(?!\w)" if len(secret) < _SHORT else re.escape(secret)
        text = re.sub(word, MASK, text)
    return text


def masked_text(text: str, depth: int = 0) -> str:
    """A text of any kind without its secrets; no more than 10,000 characters of it.

    Args:
        text: what people will look at.
        depth: how often it was encoded in another text.
    """
    window = text[: LONGEST + _MORE]
    shown = without_credentials(_masked_parts(window))
    if "<" in shown:
        shown = masked_markup(shown)
    if '"' in shown:
        shown = _masked_pairs(shown, _JSON_NAME, _JSON_VALUE)
    shown = _SQL.sub(rf"\1\2{MASK}", shown)
    shown = _LINE.sub(_line, shown)
    shown = _masked_pairs(shown, _FIELD, _FIELD_VALUE)
    shown = _masked_pairs(shown, _PAIR, _PAIR_VALUE)
    if "%" in shown and depth < _DEEPEST:
        shown = _ENCODED.sub(lambda found: _encoded(found, depth), shown)
    return shown if len(text) <= LONGEST else shown[:LONGEST] + f" … ({len(text)} characters)"


def _scheme(found: re.Match[str]) -> str:
    """Not each `basic` and `digest` of a text is one of HTTP."""
    kind, value = found[1].casefold(), found[3]
    if kind == "basic":
        try:
            is_one = b":" in b64decode(value.encode() + b"===", b"-_")
        except (binascii.Error, ValueError):
            is_one = True
    else:
        is_one = kind in ("bearer", "apikey") or "=" in value or len(value) > 20
    return f"{found[1]}{found[2]}{MASK}" if is_one else found[0]


def _masked_parts(text: str) -> str:
    """Parts of a multipart form."""
    if 'name="' not in text:
        return text
    pieces, done = [], 0
    while part := _PART.search(text, done):
        end = _PART_END.search(text, part.end())
        stop = end.start() if end else len(text)
        pieces += [
            text[done : part.end()],
            MASK if is_secret(part[1]) and stop > part.end() else text[part.end() : stop],
        ]
        done = stop
    return "".join([*pieces, text[done:]])


def _masked_pairs(text: str, names: re.Pattern[str], values: re.Pattern[str]) -> str:
    """A text whose secrets stand behind their names; of what is none, the value is looked through as well."""
    pieces, done, at = [], 0, 0
    while name := names.search(text, at):
        at = start = name.end()
        if not is_secret(_unescaped(name[1])) and not (name[1] == "key" and _is_in_query(name)):
            continue
        if names is _JSON_NAME and text[start : start + 1] in ("{", "["):
            at = _closed(text, start)
        elif value := values.match(text, start):
            at = value.end()
        if _tells(text[start:at]):
            quote = text[start] if text[start] in "\"'" else '"' if names is _JSON_NAME else ""
            pieces += [text[done:start], quote + MASK + quote]
            done = at
    return "".join([*pieces, text[done:]])


def _closed(text: str, start: int) -> int:
    """Behind the bracket that closes the one at this place."""
    depth = 0
    for found in _BRACKET.finditer(text, start):
        if not found[0].startswith('"'):
            depth += 1 if found[1] else -1
            if not depth:
                return found.end()
    return len(text)


def _unescaped(name: str) -> str:
    if "\\" not in name:
        return name
    try:
        return str(json.loads(f'"{name}"', strict=False))
    except ValueError:
        return name


def _line(found: re.Match[str]) -> str:
    """A header, or a line of YAML or of a configuration."""
    name = found[1].strip(" \t>*-")
    return f"{found[1]}{found[2]}{MASK}" if is_secret(name) and _tells(found[3]) else found[0]


def _encoded(found: re.Match[str], depth: int) -> str:
    """Another text that is encoded in a value, unless it holds no secret."""
    decoded = unquote_plus(found[0])
    shown = masked_text(decoded, depth + 1)
    return found[0] if shown == decoded else shown


def _is_in_query(found: re.Match[str]) -> bool:
    """A `key` in a URL is one of an API; elsewhere it mostly is something else."""
    before = found.string[max(0, found.start() - 200) : found.start()]
    return "?" in (before.split() or [""])[-1]


def _tells(value: str) -> bool:
    """Whether a value is more than a flag or a mask."""
    return value.strip("\"', }])").casefold() not in ("", "true", "false", "null", "none", MASK)
