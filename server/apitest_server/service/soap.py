"""SOAP envelopes of channels: what is in a request's body, and the envelope or fault of a response.

Entities are never expanded and a document type is refused, so that a small request cannot become a large one.
"""

from typing import Any
from xml.sax.saxutils import escape

from apitest_server.errors import BadRequest, HTTPError

NAMESPACES = {
    "1.1": "http://schemas.xmlsoap.org/soap/envelope/",
    "1.2": "http://www.w3.org/2003/05/soap-envelope",
}
_START = 500  # bytes of a document in which an envelope shows
CONTENT_TYPES = {"1.1": b"text/xml; charset=utf-8", "1.2": b"application/soap+xml; charset=utf-8"}


def content_of(document: bytes) -> bytes:
    """The XML inside the Body of an envelope, of either version of SOAP.

    Raises:
        BadRequest: it is not an envelope.
    """
    from lxml import etree

    found = within_body(parsed(document))
    if found is None:
        raise BadRequest("The request is not a SOAP envelope with a Body")
    return b"".join(etree.tostring(child, encoding="utf-8", with_tail=False) for child in found)


def within_body(root: Any) -> list[Any] | None:
    """The elements in the Body of an envelope; ``None`` where the root is not an envelope with a Body."""
    body = next((root.find(f"{{{uri}}}Body") for uri in NAMESPACES.values() if root.tag == f"{{{uri}}}Envelope"), None)
    return None if body is None else [child for child in body if is_element(child)]


def version_of(document: bytes) -> str | None:
    """The version of SOAP that an envelope looks like, without reading it; ``None`` where it looks like none."""
    start = document[:_START]
    return next((one for one, uri in NAMESPACES.items() if b"Envelope" in start and uri.encode() in start), None)


def wrapped(content: bytes, version: str) -> bytes:
    """A response: an envelope around XML, unless it is one already."""
    text = _without_declaration(content)
    return envelope(text, version) if version_of(text) is None else content


def envelope(content: bytes, version: str) -> bytes:
    """An envelope around XML."""
    uri = NAMESPACES[version].encode()
    return (
        b'<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="' + uri + b'"><soap:Body>'
        + content + b"</soap:Body></soap:Envelope>"
    )  # fmt: skip


def with_header(document: bytes, content: bytes) -> bytes:
    """An envelope with one more element in its header, in front; the header is made where there is none.

    Raises:
        BadRequest: the document is not an envelope.
    """
    from lxml import etree

    root = parsed(document)
    uri = next((uri for uri in NAMESPACES.values() if root.tag == f"{{{uri}}}Envelope"), None)
    if uri is None:
        raise BadRequest("What is sent is not a SOAP envelope")
    header = root.find(f"{{{uri}}}Header")
    if header is None:
        header = etree.Element(f"{{{uri}}}Header")
        root.insert(0, header)
    header.insert(0, parsed(content))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def fault(error: HTTPError, cid: str, version: str) -> tuple[int, bytes]:
    """HTTP status and envelope of a fault: who is to blame, what the caller may know, and the ``cid`` to ask about."""
    by_caller = error.status < 500
    text, detail = escape(error.details), f"<cid>{cid}</cid>"
    if version == "1.1":
        code = "Client" if by_caller else "Server"
        inner = f"<faultcode>soap:{code}</faultcode><faultstring>{text}</faultstring><detail>{detail}</detail>"
    else:
        code = "Sender" if by_caller else "Receiver"
        inner = (
            f"<soap:Code><soap:Value>soap:{code}</soap:Value></soap:Code>"
            f'<soap:Reason><soap:Text xml:lang="en">{text}</soap:Text></soap:Reason><soap:Detail>{detail}</soap:Detail>'
        )
    # SOAP 1.1 has one status for faults; what is about HTTP itself keeps its own.
    status = 500 if error.status == 400 and version == "1.1" else error.status
    return status, envelope(f"<soap:Fault>{inner}</soap:Fault>".encode(), version)


def action_of(headers: dict[bytes, bytes]) -> str:
    """The SOAP action that a request names: its own header in SOAP 1.1, part of the content type in 1.2."""
    named = headers.get(b"soapaction")
    if named is not None:
        return named.decode("latin-1").strip().strip('"')
    for part in headers.get(b"content-type", b"").decode("latin-1").split(";")[1:]:
        key, _, value = part.strip().partition("=")
        if key.lower() == "action":
            return value.strip('"')
    return ""


def parsed(document: bytes) -> Any:
    """The root of a document.

    Raises:
        BadRequest: it is not well-formed, or has a document type.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(document or b"", parser)
    except etree.XMLSyntaxError as error:
        raise BadRequest(f"The request is not well-formed XML: {error}") from None
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise BadRequest("A document type is not allowed in the XML of a request")
    return root


def is_element(node: Any) -> bool:
    """Whether it is neither a comment nor a processing instruction."""
    return isinstance(node.tag, str)  # Comments and processing instructions have a function there


def _without_declaration(content: bytes) -> bytes:
    stripped = content.lstrip()
    return stripped.partition(b"?>")[2].lstrip() if stripped.startswith(b"<?xml") else stripped
