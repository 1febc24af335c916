"""The bodies of SSO: ``{"status": "ok", "cid": "…"}`` and what the service gives, or ``error`` and ``sub_status``."""

from apitest_server.errors import Forbidden, HTTPError, Refused, Unauthorized
from apitest_server.invoke.reply import encode, json_value
from apitest_server.rest.codecs.codec import Body
from apitest_server.rest.codecs.plain import JSON, decode_json
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Response
from apitest_server.service.values import in_json

_NOT_ALLOWED, _INVALID, _FAILED = "E005001", "E008002", "E008004"


class Status:
    """The codec of the channels under ``/zato/sso``."""

    def decode(self, http: HTTPRequest) -> object:
        """JSON, whatever it is declared as: old clients declare it as a form.

        Raises:
            BadRequest: it is malformed.
        """
        return decode_json(http.body) if http.body.strip() else None

    def values(self, http: HTTPRequest) -> int:
        """Of JSON."""
        return in_json(http.body)

    def is_xml(self, http: HTTPRequest) -> bool:
        """Never."""
        return False

    def encode(self, response: Response, cid: str) -> Body:
        """The fields of the response beside the status; what is not an object is under ``result``."""
        value = json_value(response.payload)
        fields = value if isinstance(value, dict) else {"result": value}
        return Body(encode({"status": "ok", "cid": cid, **fields}), JSON)

    def fault(self, error: HTTPError, cid: str) -> tuple[int, Body]:
        """The codes of an error; what was wrong with the input is told in words, too."""
        document = {"status": "error", "cid": cid, "sub_status": list(_codes(error))}
        if error.status == 400:
            document["details"] = error.details
        return error.status, Body(encode(document), JSON)


def _codes(error: HTTPError) -> tuple[str, ...]:
    if isinstance(error, Refused):
        return error.codes
    if isinstance(error, Unauthorized | Forbidden):
        return (_NOT_ALLOWED,)
    return (_INVALID,) if error.status < 500 else (_FAILED,)
