"""The OpenAPI document of the server's own API."""

from apitest_server.openapi.specification import SPECIFICATION
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool


class GetAPISpec(Service):
    """An OpenAPI 3.1 document of the channels: paths, methods, security, and what services take and return.

    What the fields are comes from SimpleIO, what the services do from their docstrings.
    """

    name = "zato.apispec.get-api-spec"

    class SimpleIO:
        """Of services whose names begin with ``prefix``; with ``admin`` the document describes the admin API."""

        input_optional = ("prefix", Bool("admin", default=False))

    def handle(self) -> None:
        """The document is the whole response."""
        given = self.request.input
        self.response.payload = self.server.components[SPECIFICATION].document(given.prefix, given.admin)
        self.response.content_type = "application/json"
