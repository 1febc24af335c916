"""The admin API, ``/zato/json/{service}``: any service by name, for administrators; and ``/zato/admin/invoke``.

Callers who are not administrators get 401, whatever the path and the method are. Requests that a page of another site
made a browser send get 403 before anything is looked at. What pages can make a browser send without asking - links,
forms, text - a browser may not call services with that change something; other clients use any method and content type.
"""

import re
from collections.abc import Collection
from functools import partial

from apitest_server.errors import Forbidden, MethodNotAllowed
from apitest_server.invoke.pipeline import Route
from apitest_server.rest.codecs import Envelope
from apitest_server.rest.exchange import HTTPRoute
from apitest_server.security.credentials import basic
from apitest_server.security.devices import Devices
from apitest_server.security.origin import is_browser, problem_of
from apitest_server.service.asgi import Scope
from apitest_server.service.http import Headers

PREFIX = "/zato/json/"
INVOKE = "/zato/admin/invoke"
_INVOKING = "zato.service.invoke"  # What is called by that path; its input names the service that is meant
_READS = re.compile(r"(get|ping|list|is|has|exists|find|search|contains)\b")


class AdminAPI:
    """Routes the paths that begin with ``PREFIX``, and ``INVOKE``."""

    def __init__(
        self, security: str, host_names: Collection[str] | None = None, devices: Devices | None = None
    ) -> None:
        """Takes who may call, and how.

        Args:
            security: the key of the definition that administrators are known by.
            host_names: by which the server may be called, next to addresses and ``localhost``; ``None`` for any.
            devices: makes cookies for those who have signed in.
        """
        self.security = security
        self._host_names = host_names
        self._devices = devices

    def match(self, scope: Scope) -> HTTPRoute:
        """The service that the path names; whether it exists is found out once the caller is known.

        Raises:
            Forbidden: it is a page of another site that calls.
        """
        problem = problem_of(scope["headers"], self._host_names)
        if problem:
            raise Forbidden(problem)
        service = _INVOKING if scope["path"] == INVOKE else scope["path"].removeprefix(PREFIX)
        route = Route(service, "admin", "admin", self.security)
        by_browser = is_browser(scope["headers"])
        methods = _methods(service)
        refusal = MethodNotAllowed(methods) if by_browser and scope["method"] not in methods else None
        welcome = None if self._devices is None else partial(self._cookie, self._devices, scope)
        return HTTPRoute(
            route, Envelope(service, for_administrators=True, declared_only=by_browser), {}, refusal, None, welcome
        )

    def _cookie(self, devices: Devices, scope: Scope, user: str) -> str:
        """For a client that has signed in with a password, and shows no device yet."""
        headers = Headers(scope["headers"])
        with_password = basic(headers.get("authorization", "")) is not None
        path = INVOKE if scope["path"] == INVOKE else PREFIX
        return devices.cookie(user, path) if with_password and not devices.of(headers, user) else ""


def _methods(service: str) -> tuple[str, ...]:
    """Of browsers: POST for everything; GET for services that only read, so that a link cannot change anything."""
    return ("GET", "POST") if _READS.match(service.rpartition(".")[2]) else ("POST",)
