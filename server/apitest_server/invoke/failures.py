"""What a caller is told of what went wrong; everything else goes to the log, under the ``cid``."""

import logging

from apitest_server.errors import DeploymentError, HTTPError, NoSuchService, ServerError
from apitest_server.invoke.reply import JSON, RawHeaders, encode

logger = logging.getLogger("apitest.rest")


def told(error: Exception, service: str, cid: str) -> HTTPError:
    """The error to answer with, after the rest was logged."""
    if isinstance(error, NoSuchService):
        logger.warning("%s, cid %s", error, cid)
    if isinstance(error, HTTPError):
        return error
    if isinstance(error, DeploymentError):
        logger.error("Service `%s` cannot be used, cid %s: %s", service, cid, error)
    elif isinstance(error, ServerError):
        logger.error("Service `%s` failed, cid %s: %s", service, cid, error, exc_info=error)
    else:
        logger.error("Service `%s` failed, cid %s", service, cid, exc_info=error)
    return HTTPError()


def refusal(error: HTTPError, cid: str, fixed: RawHeaders) -> tuple[int, RawHeaders, bytes]:
    """The response for an error: what the caller may know, and the ``cid`` to ask about."""
    body = encode({"result": "Error", "cid": cid, "details": error.details})
    return error.status, json_headers(body, fixed, error.headers), body


def json_headers(body: bytes, fixed: RawHeaders, own: dict[str, str]) -> RawHeaders:
    """The headers of a JSON body, and those that go with an error."""
    headers = [*fixed, (b"content-type", JSON), (b"content-length", str(len(body)).encode("ascii"))]
    headers.extend((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in own.items())
    return headers
