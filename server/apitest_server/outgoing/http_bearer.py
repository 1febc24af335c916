"""A request with a bearer token; where that is refused although it was good, it is sent once more with a new one."""

from typing import Any

from requests import PreparedRequest, Response
from requests.auth import AuthBase

from apitest_server.outgoing.oauth import BearerTokens


class Bearer(AuthBase):
    """For one request."""

    def __init__(self, tokens: BearerTokens) -> None:
        """Takes where tokens come from."""
        self._tokens = tokens
        self._shown = ""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Adds the header; called before the request is sent.

        Raises:
            ServiceUnavailable: there is no token.
        """
        self._shown = self._tokens.token()
        request.headers["Authorization"] = f"Bearer {self._shown}"
        request.register_hook("response", self._answered)  # type: ignore[no-untyped-call]  # requests leaves it untyped
        return request

    def _answered(self, response: Response, **options: Any) -> Response:
        """Called with each response; what was redirected to another origin has no token any longer."""
        if response.status_code != 401 or response.request.headers.get("Authorization") != f"Bearer {self._shown}":
            return response
        new = self._tokens.token(refused=self._shown)
        if new == self._shown:
            return response
        response.content  # noqa: B018 - the connection is free for the next request once all is read
        response.close()
        again = response.request.copy()
        again.headers["Authorization"] = f"Bearer {new}"
        answer = response.connection.send(again, **options)
        answer.history.append(response)
        answer.request = again
        return answer
