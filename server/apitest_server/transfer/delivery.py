"""One file as the pipeline sees it. Nobody waits for an answer."""

from apitest_server.errors import HTTPError
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.outcome import Outcome
from apitest_server.invoke.pipeline import Route
from apitest_server.service.messages import Request, Response
from apitest_server.transfer.document import Document


class Delivery:
    """A file that calls a service."""

    __slots__ = ("_channel", "_document", "_service", "_source")

    def __init__(self, channel: str, service: str, source: str, document: Document) -> None:
        self._channel = channel
        self._service = service
        self._source = source
        self._document = document

    def origin(self) -> Origin:
        """``FILE``, its path and where that is."""
        return Origin("FILE", str(self._document["full_path"]), self._source)

    def route(self) -> Route:
        """One of the channel's services."""
        return Route(self._service, self._channel, "file-transfer")

    async def authenticate(self, security: str) -> str:
        """Nobody: who may write there is up to the place."""
        return ""

    async def read(self, user: str) -> Request:
        """The file, and what is known of it."""
        return Request(dict(self._document), dict(self._document))

    def reply(self, response: Response, cid: str) -> Outcome:
        """The service has succeeded."""
        return Outcome(response.status_code, "", cid)

    def refuse(self, error: HTTPError, cid: str) -> Outcome:
        """The service has failed."""
        return Outcome(error.status, error.details or str(error), cid)
