"""How a channel's bodies are read and written: a codec a format."""

from apitest_server.rest.codecs.codec import Body, Codec
from apitest_server.rest.codecs.envelope import Envelope
from apitest_server.rest.codecs.plain import Plain
from apitest_server.rest.codecs.soap import SOAP, Document
from apitest_server.rest.codecs.status import Status
from apitest_server.rest.codecs.xml import XML

CODECS: dict[str, Codec] = {
    **{data_format: Plain(data_format) for data_format in ("json", "form", "raw")},
    "xml": XML(),
    **{f"soap-{version}": SOAP(version) for version in ("1.1", "1.2")},
    "sso": Status(),
}

__all__ = ["CODECS", "Body", "Codec", "Document", "Envelope", "Plain"]
