"""The channels that a service is called through."""

from collections.abc import Iterator, Mapping
from typing import Any

from apitest_server.deploy.store import STORE
from apitest_server.errors import NoSuchService, NotFound
from apitest_server.internal.crud.changes import Changes
from apitest_server.internal.crud.field_types import OneOf
from apitest_server.internal.crud.kinds import type_of
from apitest_server.internal.crud.paging import Page
from apitest_server.internal.service._found import ID_OR_NAME, found
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, Int, Text

_REST, _SOAP = "plain_http", "soap"
# What clients call a type of channels -> the kind of these objects
_KINDS = {
    _REST: "http-soap", _SOAP: "http-soap", "amqp": "channel.amqp", "jms-wmq": "channel.jms-wmq",
    "kafka": "channel.kafka", "web-socket": "channel.web-socket", "zmq": "channel.zmq",
}  # fmt: skip
_OF_HTTP: Mapping[str, Any] = {"url_path": "", "method": "", "data_format": "", "security_id": 0, "is_declared": False}


class GetChannelList(Service):
    """The channels of a service, of all types or of one: the server's, those of server.conf and those of the ODB."""

    name = "zato.service.get-channel-list"

    class SimpleIO:
        """By ID or by name; without a ``channel_type``, those of modules that are disabled are left out."""

        input_optional = (*ID_OR_NAME, OneOf("channel_type", "", *_KINDS))
        output_required = (
            Int("id"), "name", "transport", Text("url_path"), Text("method"), "service", Text("data_format"),
            Int("security_id"), Bool("is_active"), Bool("is_declared"),
        )  # fmt: skip

    def handle(self) -> None:
        """Type by type, REST and SOAP first, each by name, those of server.conf in front."""
        service, wanted = found(self.server, self.request.input).name, self.request.input.channel_type
        rows = [row for each in ([wanted] if wanted else _KINDS) for row in self._rows(each, not wanted)]
        self.response.payload[:] = [row for row in rows if row["service"] == service]

    def _rows(self, channel_type: str, may_be_disabled: bool) -> Iterator[dict[str, Any]]:
        kind = _KINDS[channel_type]
        try:
            object_type = type_of(self.server.components[STORE], kind)
        except NoSuchService as error:
            if may_be_disabled:
                return
            raise NotFound(str(error)) from None
        if object_type is None:
            return
        equal = {"connection": "channel", "transport": channel_type} if kind == "http-soap" else {}
        for row in Changes(self.server, object_type).rows(Page(), (), equal)[0]:
            yield {**_OF_HTTP, **row, "transport": channel_type}
