"""SOAP 1.1 and 1.2: the service gets and gives what is inside the Body; errors are faults.

What a service gives becomes XML where it is none: a dictionary is elements.
"""

from apitest_server.errors import HTTPError
from apitest_server.rest.codecs.codec import Body, Codec
from apitest_server.rest.codecs.plain import body_of
from apitest_server.service import soap
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Response
from apitest_server.service.values import in_xml
from apitest_server.service.xml import to_xml


class SOAP:
    """The codec of SOAP channels."""

    def __init__(self, version: str) -> None:
        """``version`` is ``1.1`` or ``1.2``; requests of either one are read."""
        self.version = version
        self.content_type = soap.CONTENT_TYPES[version]

    def decode(self, http: HTTPRequest) -> object:
        """The XML inside the Body, as bytes; nothing for a GET without a body."""
        if http.method == "GET" and not http.body:
            return None
        return soap.content_of(http.body)

    def values(self, http: HTTPRequest) -> int:
        """Of XML."""
        return in_xml(http.body)

    def is_xml(self, http: HTTPRequest) -> bool:
        """Always."""
        return True

    def encode(self, response: Response, cid: str) -> Body:
        """An envelope, unless the service made one."""
        return Body(soap.wrapped(to_xml(response.payload), self.version), self.content_type)

    def fault(self, error: HTTPError, cid: str) -> tuple[int, Body]:
        """A fault; in SOAP 1.1 a bad request is a 500, as the specification has it."""
        status, content = soap.fault(error, cid, self.version)
        return status, Body(content, self.content_type)


class Document:
    """The codec of a WSDL, which a SOAP channel sends as it is, without an envelope; errors are faults."""

    def __init__(self, channel: Codec) -> None:
        """``channel`` is the codec of the channel itself."""
        self._channel = channel

    def decode(self, http: HTTPRequest) -> object:
        """Nothing: a body, which may have a username token, says nothing to the service."""
        return None

    def values(self, http: HTTPRequest) -> int:
        """None."""
        return 0

    def is_xml(self, http: HTTPRequest) -> bool:
        """Never."""
        return False

    def encode(self, response: Response, cid: str) -> Body:
        """The bytes."""
        return body_of(response.payload)

    def fault(self, error: HTTPError, cid: str) -> tuple[int, Body]:
        """A fault."""
        return self._channel.fault(error, cid)
