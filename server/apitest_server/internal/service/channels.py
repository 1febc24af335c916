"""The channels that a service is called through."""

from apitest_server.internal.crud.changes import Changes
from apitest_server.internal.crud.paging import Page
from apitest_server.internal.http_soap import HTTP_SOAP
from apitest_server.internal.service._found import ID_OR_NAME, found
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, Int


class GetChannelList(Service):
    """The REST and SOAP channels of a service: the server's own, those of server.conf and those of the ODB."""

    name = "zato.service.get-channel-list"

    class SimpleIO:
        """By ID or by name."""

        input_optional = ID_OR_NAME
        output_required = (
            Int("id"), "name", "transport", "url_path", "method", "service", "data_format", Int("security_id"),
            Bool("is_active"), Bool("is_declared"),
        )  # fmt: skip

    def handle(self) -> None:
        """By name, those of server.conf in front."""
        service = found(self.server, self.request.input)
        rows, _ = Changes(self.server, HTTP_SOAP).rows(Page(), (), {"connection": "channel"})
        self.response.payload[:] = [row for row in rows if row["service"] == service.name]
