"""How a value is written where it stands within a longer text: a JSON document, an XML document, or any other.

A document is recognised by how it begins. What would not be valid JSON with the values put in is not taken for JSON.
In all texts but Python's literals, true is written as in JSON, which is where most values come from.
"""

import json
from collections.abc import Callable, Iterator, Sequence

from apitest.expressions import expression

_TAG = expression(r"<[A-Za-z?!]")

_CDATA, _END_OF_CDATA = "<![CDATA[", "]]>"
# Line ends and tabs as well: in an attribute they would become blanks.
_ENTITIES = (
    *(("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&apos;")),
    *(("\r", "&#13;"), ("\n", "&#10;"), ("\t", "&#9;")),
)

Piece = str | tuple[object]  # a text as it stands, or a value in a tuple of its own


def joined(pieces: Sequence[Piece]) -> str:
    """The text that the pieces make, each value written as the text around it asks for."""
    start = next((piece.lstrip() for piece in pieces if isinstance(piece, str) and piece.strip()), "")
    if not start:  # nothing but values: what each of them is as a document
        return "".join(_with(pieces, _as_json_text))
    if start.startswith(("{", "[")):
        document = "".join(_in_json(pieces))
        if _is_json(document):
            return document
    if start.startswith(("{", "[", "(")):
        literal = "".join(_with(pieces, plain))
        if _is_literal(literal):
            return literal
    if _TAG.match(start):
        return "".join(_in_xml(pieces))
    return "".join(_with(pieces, in_text))


def in_text(value: object) -> str:
    """A value written for a header, a URL, a form or any other text without a syntax: true and null as in JSON."""
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else plain(value)


def plain(value: object) -> str:
    """A value as it stands within any text: documents as JSON, all else as Python shows it."""
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _with(pieces: Sequence[Piece], write: Callable[[object], str]) -> Iterator[str]:
    return (piece if isinstance(piece, str) else write(piece[0]) for piece in pieces)


def _in_json(pieces: Sequence[Piece]) -> Iterator[str]:
    """The pieces of a JSON document: a value in a string is escaped, one by itself is written as JSON has it."""
    within = False
    for piece in pieces:
        if isinstance(piece, str):
            within = _is_within_string(piece, within)
            yield piece
        elif within:
            yield json.dumps(_as_json_text(piece[0]), ensure_ascii=False)[1:-1]
        else:  # a text may be a number, or a part of the document
            yield piece[0] if isinstance(piece[0], str) else _as_json_text(piece[0])


def _is_within_string(text: str, within: bool) -> bool:
    """Whether a JSON string is open after a text, if it was, or was not, before it."""
    escaped = False
    for char in text:
        if char == '"' and not escaped:
            within = not within
        escaped = char == "\\" and not escaped and within
    return within


def _as_json_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _in_xml(pieces: Sequence[Piece]) -> Iterator[str]:
    """The pieces of an XML document: a value in a section of characters stands as it is, all others are escaped."""
    before = ""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
            before += piece
            continue
        value = piece[0]
        text = _as_json_text(value) if isinstance(value, bool) else "" if value is None else plain(value)
        verbatim = before.rfind(_CDATA) > before.rfind(_END_OF_CDATA)
        yield text.replace(_END_OF_CDATA, f"]]{_END_OF_CDATA}{_CDATA}>") if verbatim else _escaped(text)


def _escaped(text: str) -> str:
    for char, entity in _ENTITIES:
        text = text.replace(char, entity)
    return text


def _is_literal(text: str) -> bool:
    """Whether a text is a literal of Python: the rows that a query is to return, with True and None in them."""
    import ast  # here, since few texts need it

    try:
        ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
