"""SOAP envelopes and faults for the services beside this file. Entities of a document are never expanded."""

from xml.sax.saxutils import escape

from lxml import etree

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
CONTENT_TYPE = "text/xml; charset=utf-8"
_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


class Fault(Exception):
    """What goes wrong for a SOAP client: a code (Client or Server) and a text."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


def parse(data):
    """The document in the bytes; a Fault where there is none."""
    try:
        root = etree.fromstring(data or b"", etree.XMLParser(**_PARSER))
    except etree.XMLSyntaxError as error:
        raise Fault("Client", f"The request is not well-formed XML: {error}") from None
    if root.getroottree().docinfo.doctype:
        raise Fault("Client", "A document type is not allowed in a request")
    return root


def envelope(body):
    """A response with this XML text in its body."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<soapenv:Envelope xmlns:soapenv="{ENVELOPE}"><soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>'
    ).encode()


def fault(error):
    """A response for a Fault."""
    return envelope(
        f"<soapenv:Fault><faultcode>soapenv:{error.code}</faultcode>"
        f"<faultstring>{escape(str(error))}</faultstring></soapenv:Fault>"
    )


def action(http):
    """The SOAP action of a request, without quotes."""
    return http.headers.get("soapaction", "").strip().strip('"')
