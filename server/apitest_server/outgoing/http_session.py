"""The session of outgoing HTTP connections: what is meant for one origin is not sent to another one."""

import re
from urllib.parse import urlsplit

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.hooks import default_hooks

from apitest_server.outgoing.http_tls import TLSAdapter, context
from apitest_server.redaction import is_secret

_NUMBER = re.compile(r"^\[Errno -?\d+\] ")
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
        prepared_request.hooks = default_hooks()  # What would sign in there, too
        headers = prepared_request.headers
        for name in [name for name in headers if is_secret(name) or name.lower() in self.keys]:
            if name.lower() != "cookie":  # Those were made anew, of what the other origin has set
                del headers[name]
        if prepared_request.body:
            prepared_request.body = None
            for name in ("Content-Type", "Content-Length", "Transfer-Encoding"):
                headers.pop(name, None)
            prepared_request.prepare_content_length(None)


def session(size: int, authorities: str = "", pair: str = "", verifies: bool = True) -> OneOriginSession:
    """A session that keeps so many connections.

    Args:
        size: how many.
        authorities: certificates in PEM that are trusted in the place of those that everybody trusts; empty for none.
        pair: a certificate with its key in PEM that is shown to who asks for it; empty for none.
        verifies: whether the other side has to prove who it is.
    """
    made = OneOriginSession()
    made.trust_env = False  # What is called, and how, is said by the connection alone
    made.mount("http://", HTTPAdapter(size, size))
    if authorities or pair:
        tls = TLSAdapter(size, context(authorities, pair, verifies), bool(authorities))
        made.mount("https://", tls)
    else:
        made.mount("https://", HTTPAdapter(size, size))
    return made


def _origin(url: str | None) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url or "")
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def innermost(error: Exception) -> str:
    """The innermost of what was raised, which is what the operating system said."""
    inner = error
    while True:
        further = getattr(inner, "reason", None) or (inner.args[0] if inner.args else None)
        if not isinstance(further, Exception):
            said = str(inner).rpartition(": ")[2] or type(inner).__name__
            return _NUMBER.sub("", said)
        inner = further
