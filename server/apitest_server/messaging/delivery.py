"""A message that nobody waits for an answer of, as the pipeline sees it, and what becomes of it."""

from abc import ABC, abstractmethod
from typing import NamedTuple

from apitest_server.errors import HTTPError
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.pipeline import Route
from apitest_server.service.messages import Request, Response

HANDLED, SKIPPED, RETRIED = "handled", "skipped", "retried"


class Terms(NamedTuple):
    """What a channel does with messages.

    Attributes:
        name: of the channel.
        service: that is called.
        address: where messages come from.
        data_format: ``json``, or empty for text.
        on_failure: what becomes of messages whose service fails, where they can come again: ``retry`` or ``skip``.
    """

    name: str
    service: str
    address: str
    data_format: str = ""
    on_failure: str = "retry"

    def verdict(self, error: HTTPError) -> str:
        """What becomes of a message after an error. What is wrong with it stays wrong; what is away comes back."""
        is_skipped = error.status == 400 or (self.on_failure == "skip" and error.status != 503)
        return SKIPPED if is_skipped else RETRIED


class Outcome(NamedTuple):
    """What becomes of a message.

    Attributes:
        status: of the call, as an HTTP status code.
        problem: why the service failed, if it did.
        cid: of the call.
        verdict: ``HANDLED``; ``SKIPPED``: it does not come again; ``RETRIED``: the service is called again.
    """

    status: int
    problem: str
    cid: str
    verdict: str


class Delivery(ABC):
    """A message that is being answered."""

    __slots__ = ("_route",)

    def __init__(self, route: Route) -> None:
        self._route = route

    @abstractmethod
    def origin(self) -> Origin:
        """Where it came from."""

    def route(self) -> Route:
        """The service of its channel."""
        return self._route

    async def authenticate(self, security: str) -> str:
        """Nobody: who may send messages is up to the place that they come from."""
        return ""

    @abstractmethod
    async def read(self, user: str) -> Request:
        """The message, decoded, and what came with it."""

    def reply(self, response: Response, cid: str) -> Outcome:
        """The service has succeeded."""
        return Outcome(response.status_code, "", cid, self.verdict(None))

    def refuse(self, error: HTTPError, cid: str) -> Outcome:
        """The service has failed."""
        return Outcome(error.status, error.details or str(error), cid, self.verdict(error))

    def verdict(self, error: HTTPError | None) -> str:
        """What becomes of it after an error, or without one; a message that comes once only is skipped by an error."""
        return HANDLED if error is None else SKIPPED
