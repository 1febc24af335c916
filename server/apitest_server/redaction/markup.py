"""PURE  Secrets in XML: in elements, CDATA, attributes, and in pairs such as ``<param name="password" value="…"/>``."""

import re
from collections.abc import Iterator

from apitest_server.redaction.names import MASK, is_secret

_TAG = re.compile(r"""<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)((?:"[^"<]*(?:"|\Z)|'[^'<]*(?:'|\Z)|[^"'<>])*+)(>?)""")
_END = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|</(?:[\w.-]+:)?([\w.-]+)\s*+(?:>|\Z)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""(?<![\w.:-])([\w.:-]++)(\s*+=\s*+)("[^"]*(?:"|\Z)|'[^']*(?:'|\Z))""")
_NAMING = {"name", "key", "id", "field", "header"}
_VALUES = {"value", "val"}


def masked_markup(text: str) -> str:
    """A text that may hold XML, whole, cut off or broken, without the secrets in it."""
    return "".join(_parts(text))


def _parts(text: str) -> Iterator[str]:
    done, follows = 0, False  # follows: the element before was a name of a secret, as in XML-RPC and property lists
    while tag := _TAG.search(text, done):
        local, attributes, end = tag.groups()
        yield text[done : tag.start()]
        secret, shown = _masked_attributes(attributes, is_secret(local) or follows)
        yield text[tag.start() : tag.start(2)] + shown + end
        done = tag.end()
        if end and not attributes.endswith("/"):
            close = _closing(text, done, local) if secret else 0
            if close > done and text[done:close].strip():
                yield MASK
                done = close
            follows = local.casefold() in _NAMING and is_secret(text[done : text.find("<", done)].strip())
    yield text[done:]


def _masked_attributes(attributes: str, secret: bool) -> tuple[bool, str]:
    """Whether an element holds a secret, and its attributes without theirs."""
    names = {name.rpartition(":")[2].casefold(): value[1:-1] for name, _, value in _ATTRIBUTE.findall(attributes)}
    secret = secret or any(is_secret(value) for name, value in names.items() if name in _NAMING)

    def change(found: re.Match[str]) -> str:
        name, equals, value = found.groups()
        local = name.rpartition(":")[2]
        hidden = not name.startswith("xmlns") and (is_secret(local) or (secret and local.casefold() in _VALUES))
        return f"{name}{equals}{value[0]}{MASK}{value[0]}" if hidden and value.strip(value[0]) else found[0]

    return secret, _ATTRIBUTE.sub(change, attributes)


def _closing(text: str, start: int, local: str) -> int:
    """Where the end tag of an element begins, or the text ends; those that stand in CDATA do not count."""
    for found in _END.finditer(text, start):
        if found[1] == local:
            return found.start()
    return len(text)
