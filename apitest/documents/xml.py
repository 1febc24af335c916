"""XML documents from text and back to text, and two of them compared.

Parsing is safe whatever the text holds: no entity is expanded, nothing is loaded from a file or the network, and the
parser's limits on size and depth stay on.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from lxml import etree

from apitest.documents.diff import text_diff
from apitest.documents.display import visible
from apitest.errors import BadValue, CheckFailed

_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_XML = "http://www.w3.org/XML/1998/namespace"
_EXCERPT = 100  # characters of the offending line
_ENTITY_ERRORS = {  # what the parser says when entities were about to do harm
    etree.ErrorTypes.ERR_ENTITY_LOOP,
    etree.ErrorTypes.ERR_ENTITY_PROCESSING,
    etree.ErrorTypes.ERR_UNPARSED_ENTITY,
    etree.ErrorTypes.ERR_ENTITY_IS_EXTERNAL,
}
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;", '"': "&quot;"}
)


def parse(text: str | bytes, what: str) -> etree._Element:
    """The root element of an XML document.

    Args:
        text: the document; bytes are read in the encoding that they declare.
        what: what an error calls the document, such as "the response".

    Raises:
        BadValue: it is not well-formed, with line, column and the line itself; or it declares entities.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    try:
        root = etree.fromstring(data, _parser("utf-8" if isinstance(text, str) else None))
    except etree.XMLSyntaxError as error:
        raise _malformed(error, data, what) from None
    dtd: Any = root.getroottree().docinfo.internalDTD  # the stubs do not know what a DTD can do
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise _entities_refused(what)
    return root


def serialise(document: etree._Element) -> bytes:
    """The document as bytes, with an XML declaration, its encoding and document type where the original had them."""
    tree = document.getroottree()
    info = tree.docinfo
    options: Any = {  # the stubs know neither all encodings nor that standalone may be left open
        "encoding": info.encoding,
        "xml_declaration": info.standalone is not None,  # None is lxml's sign for a document without a declaration
        "standalone": info.standalone or None,
    }
    return bytes(etree.tostring(tree, **options))


def same_xml(actual: etree._Element, expected: etree._Element, where: str) -> None:
    """The documents are equal but for prefixes, the order of attributes, comments and space between elements.

    Raises:
        CheckFailed: they are not; with the difference, an element or text a line.
    """
    if etree.tostring(actual) == etree.tostring(expected):
        return
    prefixes = _prefixes(expected, actual)
    expected_lines, actual_lines = _canonical(expected, prefixes), _canonical(actual, prefixes)
    if expected_lines != actual_lines:
        diff = text_diff("\n".join(expected_lines), "\n".join(actual_lines))
        raise CheckFailed("The documents differ", where, diff=diff)


@lru_cache(maxsize=2)
def _parser(encoding: str | None) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
    )


def _malformed(error: Any, data: bytes, what: str) -> BadValue:  # the stubs know no code of a syntax error
    reason = str(error.msg).partition(", line ")[0].partition(", use ")[0]
    if error.code in _ENTITY_ERRORS or "amplification" in reason:
        return _entities_refused(what)
    if not data.strip():
        return BadValue(f"{_capital(what)} is not valid XML: it is empty", what)
    line, column = error.position
    problem = f"{_capital(what)} is not well-formed XML: {reason}"
    return BadValue(problem, f"{what}, line {line}, column {column}", excerpt=_excerpt(data, line, column))


def _capital(what: str) -> str:
    return what[:1].upper() + what[1:]


def _entities_refused(what: str) -> BadValue:
    return BadValue(
        f"{_capital(what)} declares entities, which are refused and never expanded",
        what,
        "Take the <!ENTITY …> declarations away and write the text itself.",
    )


def _excerpt(data: bytes, line: int, column: int) -> str:
    """The line of a document with a caret below the column, cut down to what is next to it."""
    lines = data.decode("utf-8", "replace").splitlines()
    if not 0 < line <= len(lines):
        return ""
    start = max(0, column - 1 - _EXCERPT // 2)
    before = visible(lines[line - 1][start : column - 1])
    after = visible(lines[line - 1][column - 1 : start + _EXCERPT])
    return f"{before}{after}\n{' ' * len(before)}^"


def _prefixes(*documents: etree._Element) -> dict[str, str]:
    """One prefix for each namespace of the documents, as the first document has it; no two have the same."""
    prefixes: dict[str, str] = {}
    for document in documents:
        for element in document.iter(etree.Element):
            for prefix, namespace in element.nsmap.items():
                prefixes.setdefault(namespace, _unused(prefix or "ns", prefixes))
    return prefixes


def _unused(prefix: str, prefixes: Mapping[str, str]) -> str:
    taken = set(prefixes.values())
    numbered = (f"{prefix}{number}" for number in range(2, len(taken) + 3))
    return prefix if prefix not in taken else next(name for name in numbered if name not in taken)


class _Canonical:
    """A document line by line, in a form that depends on nothing but its content."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self.declared: set[str] = set()
        self.lines: list[str] = []

    def add(self, element: etree._Element, indent: str = "") -> None:
        """Adds the lines of an element."""
        opening, name = self._opening(element)
        content = list(_content(element))
        if not content:
            self.lines.append(f"{indent}<{opening}/>")
        elif len(content) == 1 and isinstance(content[0], str):
            self.lines.append(f"{indent}<{opening}>{content[0].translate(_ESCAPES)}</{name}>")
        else:
            self.lines.append(f"{indent}<{opening}>")
            for item in content:
                self._add_item(item, indent + "  ")
            self.lines.append(f"{indent}</{name}>")

    def _add_item(self, item: str | etree._Element, indent: str) -> None:
        if isinstance(item, str):
            self.lines.append(indent + item.translate(_ESCAPES))
        else:
            self.add(item, indent)

    def _opening(self, element: etree._Element) -> tuple[str, str]:
        """What stands in the start tag, and the element's name."""
        known = set(self.declared)
        name = self._name(str(element.tag))
        attributes = sorted((self._name(key), self._value(element, key)) for key in map(str, element.attrib))
        declared = sorted((f"xmlns:{self.prefixes[namespace]}", namespace) for namespace in self.declared - known)
        written = [f'{key}="{value.translate(_ESCAPES)}"' for key, value in declared + attributes]
        return " ".join([name, *written]), name

    def _value(self, element: etree._Element, key: str) -> str:
        """The value of an attribute; the type that xsi:type names by a prefix is written with the common one."""
        value = str(element.attrib[key])
        prefix, _, local = value.strip().rpartition(":")
        namespace = element.nsmap.get(prefix or None) if key == _XSI_TYPE else None
        return value if namespace is None else self._name(f"{{{namespace}}}{local}")

    def _name(self, tag: str) -> str:
        """A name with its prefix, whose declaration is noted where it comes first."""
        namespace, _, local = tag.removeprefix("{").rpartition("}")
        if not namespace:
            return local
        if namespace == _XML:
            return f"xml:{local}"
        self.declared.add(namespace)
        return f"{self.prefixes[namespace]}:{local}"


def _canonical(document: etree._Element, prefixes: Mapping[str, str]) -> list[str]:
    canonical = _Canonical(prefixes)
    canonical.add(document)
    return canonical.lines


def _content(element: etree._Element) -> Iterator[str | etree._Element]:
    """An element's children and the texts between them, without comments, instructions and space between elements."""
    children = [child for child in element if isinstance(child.tag, str)]
    text = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _worth(text, children)
            yield child
            text = ""
        text += child.tail or ""
    yield from _worth(text, children)


def _worth(text: str, children: list[etree._Element]) -> Iterator[str]:
    if text and (not children or text.strip()):
        yield text
