"""The envelope of the admin API.

    {"zato_env": {"result": "ZATO_OK", "cid": "…", "details": ""}, "zato_ping_response": {"pong": "zato"}}

A page of a list has a third element, ``_meta``, that says which page it is. Errors have ``ZATO_ERROR``, ``details``
and a fitting HTTP status.
"""

from apitest_server.errors import HTTPError, NoSuchService, UnsupportedMediaType
from apitest_server.invoke.reply import encode, json_value
from apitest_server.rest.codecs.codec import Body
from apitest_server.rest.codecs.plain import JSON, decode_json, is_json
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Response
from apitest_server.service.values import in_json


class Envelope:
    """The codec of one service of the admin API."""

    def __init__(self, service: str) -> None:
        self.service = service

    def decode(self, http: HTTPRequest) -> object:
        """JSON, declared as such: forms and text are what pages of other sites can send.

        Raises:
            BadRequest: it is malformed.
            UnsupportedMediaType: it is something else, or not declared.
        """
        if (http.body or http.content_type) and not is_json(http.content_type):
            raise UnsupportedMediaType("The admin API takes JSON only: Content-Type must be application/json")
        return decode_json(http.body) if http.body.strip() else None

    def values(self, http: HTTPRequest) -> int:
        """Of JSON."""
        return in_json(http.body)

    def encode(self, response: Response, cid: str) -> Body:
        """The response inside an element that has the service's name."""
        document = {"zato_env": _env("ZATO_OK", cid, ""), self._element: json_value(response.payload)}
        if response.meta is not None:
            document["_meta"] = response.meta
        return Body(encode(document), JSON)

    def fault(self, error: HTTPError, cid: str) -> tuple[int, Body]:
        """Administrators also learn which service is missing, and why."""
        details = str(error) if isinstance(error, NoSuchService) else error.details
        return error.status, Body(encode({"zato_env": _env("ZATO_ERROR", cid, details)}), JSON)

    @property
    def _element(self) -> str:
        return f"{self.service.replace('.', '_').replace('-', '_')}_response"


def _env(result: str, cid: str, details: str) -> dict[str, str]:
    return {"result": result, "cid": cid, "details": details}
