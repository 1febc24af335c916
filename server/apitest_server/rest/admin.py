"""The admin API, ``/zato/json/{service}``: any service by name, for administrators.

Callers who are not administrators get 401, whatever the path and the method are. Requests that a page of another site
made a browser send get 403 before anything is looked at.
"""

import re
from collections.abc import Collection

from apitest_server.errors import Forbidden, MethodNotAllowed
from apitest_server.invoke.pipeline import Route
from apitest_server.rest.codecs import Envelope
from apitest_server.rest.exchange import HTTPRoute
from apitest_server.security.origin import problem_of
from apitest_server.service.asgi import Scope

PREFIX = "/zato/json/"
_READS = re.compile(r"(get|ping|list|is|has|exists|find|search|contains)\b")


class AdminAPI:
    """Routes the paths that begin with ``PREFIX``."""

    def __init__(self, security: str, host_names: Collection[str] | None = None) -> None:
        """Takes who may call, and how.

        Args:
            security: the key of the definition that administrators are known by.
            host_names: by which the server may be called, next to addresses and ``localhost``; ``None`` for any.
        """
        self.security = security
        self._host_names = host_names

    def match(self, scope: Scope) -> HTTPRoute:
        """The service that the path names; whether it exists is found out once the caller is known.

        Raises:
            Forbidden: it is a page of another site that calls.
        """
        problem = problem_of(scope["headers"], self._host_names)
        if problem:
            raise Forbidden(problem)
        service = scope["path"].removeprefix(PREFIX)
        route = Route(service, "admin", "admin", self.security)
        methods = _methods(service)
        refusal = None if scope["method"] in methods else MethodNotAllowed(methods)
        return HTTPRoute(route, Envelope(service), {}, refusal)


def _methods(service: str) -> tuple[str, ...]:
    """POST for everything; GET for services that only read, so that a link in a browser cannot change anything."""
    return ("GET", "POST") if _READS.match(service.rpartition(".")[2]) else ("POST",)
