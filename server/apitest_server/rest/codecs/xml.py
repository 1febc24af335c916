"""Bodies of channels whose ``data_format`` is ``xml``: the service gets bytes; what it gives becomes XML.

A dictionary is the elements of one that is called ``response``, or what the service's ``response_elem`` says.
"""

from apitest_server.errors import HTTPError
from apitest_server.rest.codecs.codec import Body
from apitest_server.rest.codecs.plain import Plain, body_of
from apitest_server.service.messages import Response
from apitest_server.service.xml import document

_XML = b"application/xml"
_ROOT = "response"


class XML(Plain):
    """The codec of these channels."""

    def __init__(self) -> None:
        super().__init__("xml")

    def encode(self, response: Response, cid: str) -> Body:
        """Text and bytes as they are, nothing as nothing, everything else as elements."""
        payload = response.payload
        if payload is not None and not isinstance(payload, str | bytes | bytearray | memoryview):
            return Body(document(response.element or _ROOT, payload), _XML)
        body = body_of(payload)
        return Body(body.content, _XML) if body.content.lstrip().startswith(b"<") else body

    def fault(self, error: HTTPError, cid: str) -> tuple[int, Body]:
        """What the caller may know, and the ``cid`` to ask about."""
        told = {"result": "Error", "cid": cid, "details": error.details}
        return error.status, Body(document(_ROOT, told), _XML)
