"""A request that is signed as Amazon Web Services want it."""

from datetime import UTC, datetime

from requests import PreparedRequest
from requests.auth import AuthBase

from apitest_server.odb import StoredObject
from apitest_server.outgoing.aws_signature import Signer


class Signed(AuthBase):
    """For one request."""

    def __init__(self, item: StoredObject) -> None:
        """Takes the definition."""
        get = item.fields.get
        self._signer = Signer(
            get("username", ""), item.secret("password"), get("region", "us-east-1"), get("service", "execute-api")
        )

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Signs it; called before the request is sent, with all that is sent."""
        body = request.body or b""
        content = body if isinstance(body, bytes) else body.encode("utf-8")
        request.url = self._signer.address(request.url or "")
        signed = self._signer.headers(request.method or "", request.url, request.headers, content, datetime.now(UTC))
        request.headers.update(signed)
        return request
