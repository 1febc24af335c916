"""The session of outgoing HTTP connections: what is meant for one origin is not sent to another one."""

from urllib.parse import urlsplit

from requests import PreparedRequest, Response, Session

from apitest_server.redaction import is_secret

_PORTS = {"http": 80, "https": 443}


class OneOriginSession(Session):
    """Follows redirects. What leads to another origin carries no credentials, keys, cookies of ours, and no body.

    Attributes:
        keys: the names of headers that are secret whatever they are called, in lower case.
    """

    keys: frozenset[str] = frozenset()

    def rebuild_auth(self, prepared_request: PreparedRequest, response: Response) -> None:
        """Called for each redirect, with what would be sent next and the response that says so."""
        super().rebuild_auth(prepared_request, response)  # type: ignore[no-untyped-call]  # requests leaves it untyped
        if _origin(response.request.url) == _origin(prepared_request.url):
            return
        headers = prepared_request.headers
        for name in [name for name in headers if is_secret(name) or name.lower() in self.keys]:
            if name.lower() != "cookie":  # Those were made anew, of what the other origin has set
                del headers[name]
        if prepared_request.body:
            prepared_request.body = None
            for name in ("Content-Type", "Content-Length", "Transfer-Encoding"):
                headers.pop(name, None)
            prepared_request.prepare_content_length(None)


def _origin(url: str | None) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url or "")
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
