"""One file as the pipeline sees it. Nobody waits for an answer."""

from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.pipeline import Route
from apitest_server.messaging.delivery import Delivery
from apitest_server.service.messages import Request
from apitest_server.transfer.document import Document


class FileDelivery(Delivery):
    """A file that calls one of its channel's services."""

    __slots__ = ("_document", "_source")

    def __init__(self, channel: str, service: str, source: str, document: Document) -> None:
        super().__init__(Route(service, channel, "file-transfer"))
        self._source = source
        self._document = document

    def origin(self) -> Origin:
        """``FILE``, its path and where that is."""
        return Origin("FILE", str(self._document["full_path"]), self._source)

    async def read(self, user: str) -> Request:
        """The file, and what is known of it."""
        return Request(dict(self._document), dict(self._document))
