"""A request that is signed as OAuth 1.0a has it, RFC 5849."""

from requests import PreparedRequest
from requests.auth import AuthBase

from apitest_server.errors import BadRequest
from apitest_server.odb import StoredObject
from apitest_server.security.oauth1 import METHODS
from apitest_server.security.signed_request import has_form


class SignedByConsumer(AuthBase):
    """For one request."""

    def __init__(self, item: StoredObject) -> None:
        """Takes the definition."""
        self._item = item

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Signs it; called before the request is sent, with all that is sent.

        Raises:
            BadRequest: it cannot be signed.
        """
        from oauthlib.oauth1 import Client

        client = Client(
            self._item.fields.get("username", ""),
            self._item.secret("password"),
            signature_method=self._item.fields.get("sig_method", METHODS[0]),
        )
        body, given = request.body or b"", dict(request.headers)
        text = body if isinstance(body, str) else body.decode("utf-8", "replace")
        form = text if has_form({"content-type": given.get("Content-Type", "")}) else None
        try:
            _, headers, _ = client.sign(request.url, request.method, form, given if form is not None else {})
        except ValueError as error:
            raise BadRequest(f"OAuth 1.0 cannot sign the request: {error}") from None
        request.headers["Authorization"] = headers["Authorization"]
        return request
