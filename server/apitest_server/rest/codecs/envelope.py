"""The envelope of the admin API, and of those channels that ask for it.

    {"zato_env": {"result": "ZATO_OK", "cid": "…", "details": ""}, "zato_ping_response": {"pong": "zato"}}

A page of a list has a third element, ``_meta``, that says which page it is. Errors have ``ZATO_ERROR``, ``details``
and a fitting HTTP status.
"""

from apitest_server.errors import HTTPError, NoSuchService, ServerFault, ServiceInactive, UnsupportedMediaType
from apitest_server.invoke.reply import encode, json_value
from apitest_server.rest.codecs.codec import Body
from apitest_server.rest.codecs.plain import JSON, decode_json, is_json
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Response
from apitest_server.service.values import in_json


class Envelope:
    """The codec of one service."""

    def __init__(self, service: str, for_administrators: bool = False, declared_only: bool = False) -> None:
        """Takes how it is used.

        Args:
            service: its name, of which the response's element is made.
            for_administrators: whether callers may know which services there are, and that one is switched off.
            declared_only: whether a body has to be declared as JSON.
        """
        self.service = service
        self._for_administrators = for_administrators
        self._declared_only = declared_only

    def decode(self, http: HTTPRequest) -> object:
        """JSON, whatever it is declared as; else forms and text are refused, which pages of other sites can send.

        Raises:
            BadRequest: it is malformed.
            UnsupportedMediaType: it is not declared as JSON, and has to be.
        """
        if self._declared_only and (http.body or http.content_type) and not is_json(http.content_type):
            raise UnsupportedMediaType("The admin API takes JSON only: Content-Type must be application/json")
        return decode_json(http.body) if http.body.strip() else None

    def values(self, http: HTTPRequest) -> int:
        """Of JSON."""
        return in_json(http.body)

    def is_xml(self, http: HTTPRequest) -> bool:
        """Never."""
        return False

    def encode(self, response: Response, cid: str) -> Body:
        """The response inside an element that has the service's name, unless the service has another one, or none."""
        document: dict[str, object] = {"zato_env": _env("ZATO_OK", cid, "")}
        element, value = response.element, json_value(response.payload)
        if element == "" and isinstance(value, dict):
            document.update(value)
        else:
            document[element or self._element] = value
        if response.meta is not None:
            document["_meta"] = response.meta
        return Body(encode(document), JSON)

    def fault(self, error: HTTPError, cid: str) -> tuple[int, Body]:
        """Administrators also learn which service is missing, and why; to them one that is switched off is a 500."""
        status, details = error.status, error.details
        if self._for_administrators and isinstance(error, NoSuchService):
            details = str(error)
        if self._for_administrators and isinstance(error, ServiceInactive):
            status = ServerFault.status
        return status, Body(encode({"zato_env": _env("ZATO_ERROR", cid, details)}), JSON)

    @property
    def _element(self) -> str:
        return f"{self.service.replace('.', '_').replace('-', '_')}_response"


def _env(result: str, cid: str, details: str) -> dict[str, str]:
    return {"result": result, "cid": cid, "details": details}
