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
CONTENT_TYPES = {"1.1": b"text/xml; charset=utf-8", "1.2": b"application/soap+xml; charset=utf-8"}


def content_of(document: bytes) -> bytes:
    """The XML inside the Body of an envelope, of either version of SOAP.

    Raises:
        BadRequest: it is not an envelope.
    """
    from lxml import etree

    root = _parsed(document)
    body = next((root.find(f"{{{uri}}}Body") for uri in NAMESPACES.values() if root.tag == f"{{{uri}}}Envelope"), None)
    if body is None:
        raise BadRequest("The request is not a SOAP envelope with a Body")
    return b"".join(etree.tostring(child, encoding="utf-8", with_tail=False) for child in body if _is_element(child))


def wrapped(content: bytes, version: str) -> bytes:
    """A response: an envelope around XML, unless it is one already."""
    text = _without_declaration(content)
    if any(uri.encode() in text[:500] and b"Envelope" in text[:500] for uri in NAMESPACES.values()):
        return content
    return envelope(text, version)


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

    root = _parsed(document)
    uri = next((uri for uri in NAMESPACES.values() if root.tag == f"{{{uri}}}Envelope"), None)
    if uri is None:
        raise BadRequest("What is sent is not a SOAP envelope")
    header = root.find(f"{{{uri}}}Header")
    if header is None:
        header = etree.Element(f"{{{uri}}}Header")
        root.insert(0, header)
    header.insert(0, _parsed(content))
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


def _parsed(document: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(document or b"", parser)
    except etree.XMLSyntaxError as error:
        raise BadRequest(f"The request is not well-formed XML: {error}") from None
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise BadRequest("A document type is not allowed in a SOAP request")
    return root


def _is_element(node: Any) -> bool:
    return isinstance(node.tag, str)  # Comments and processing instructions have a function there


def _without_declaration(content: bytes) -> bytes:
    stripped = content.lstrip()
    return stripped.partition(b"?>")[2].lstrip() if stripped.startswith(b"<?xml") else stripped
