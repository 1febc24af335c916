"""The admin API, ``/zato/json/{service}``: any service by name, for administrators.

Callers who are not administrators get 401, whatever the path and the method are.
"""

import re

from apitest_server.invoke.pipeline import Route
from apitest_server.rest.codecs import Envelope
from apitest_server.rest.exchange import HTTPRoute
from apitest_server.service.asgi import Scope

PREFIX = "/zato/json/"
_READS = re.compile(r"(get|ping|list|is|has|exists|find|search|contains)\b")


class AdminAPI:
    """Routes the paths that begin with ``PREFIX``."""

    def __init__(self, security: str) -> None:
        """``security`` is the key of the definition that administrators are known by."""
        self.security = security

    def match(self, scope: Scope) -> HTTPRoute:
        """The service that the path names; whether it exists is found out once the caller is known."""
        service = scope["path"].removeprefix(PREFIX)
        route = Route(service, "admin", "admin", self.security)
        return HTTPRoute(route, Envelope(service), {}, _methods(service))


def _methods(service: str) -> tuple[str, ...]:
    """POST for everything; GET for services that only read, so that a link in a browser cannot change anything."""
    return ("GET", "POST") if _READS.match(service.rpartition(".")[2]) else ("POST",)
