"""The channels of a server: the built-in ones, those of server.conf, and those of the ODB, which come and go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apitest_server.config import RestChannel
from apitest_server.errors import BadRequest, ConfigError, NotFound
from apitest_server.rest.routes import Routes
from apitest_server.service.soap import action_of


@dataclass(frozen=True, slots=True)
class SOAPChannel(RestChannel):
    """A channel that speaks SOAP.

    Attributes:
        soap_action: what a request has to name; empty for any.
        soap_version: ``1.1`` or ``1.2``.
    """

    soap_action: str = ""
    soap_version: str = "1.1"


class SOAPPath:
    """The SOAP channels of one path, told apart by their action."""

    def __init__(self) -> None:
        self._by_action: dict[str, SOAPChannel] = {}

    def add(self, channel: SOAPChannel) -> None:
        """Adds a channel.

        Raises:
            ValueError: another one has its action.
        """
        if self._by_action.setdefault(channel.soap_action, channel) is not channel:
            action = channel.soap_action or "any"
            raise ValueError(f"the path {channel.path} with the SOAP action {action} is taken by another channel")

    def choose(self, headers: Iterable[tuple[bytes, bytes]]) -> SOAPChannel:
        """The channel for a request.

        Raises:
            NotFound: none has its action.
        """
        action = action_of(dict(headers))
        found = self._by_action.get(action) or self._by_action.get("")
        if found is None:
            raise NotFound(f"There is no SOAP action `{action}` here")
        return found


Target = RestChannel | SOAPPath


class Table:
    """Which channel answers which request. It is exchanged as a whole, so that each request sees one state of it.

    Attributes:
        fixed: the channels that do not change while the server runs.
    """

    def __init__(self) -> None:
        self.fixed: tuple[RestChannel, ...] = ()
        self._stored: dict[int, RestChannel] = {}
        self._routes: Routes[Target] = Routes()

    @property
    def channels(self) -> list[RestChannel]:
        """All channels that are served."""
        return [*self.fixed, *self._stored.values()]

    def fix(self, channels: Iterable[RestChannel]) -> None:
        """Serves these next to those of the ODB, in place of those before.

        Raises:
            ConfigError: two channels have one path and one method, or a path is none.
        """
        fixed = tuple(channels)
        try:
            self._routes = _routes([*fixed, *self._stored.values()])
        except ValueError as error:
            raise ConfigError([str(error)]) from None
        self.fixed = fixed

    def check(self, number: int, channel: RestChannel) -> None:
        """Refuses a channel that could not be served.

        Raises:
            BadRequest: its path is none, or taken.
        """
        self._routes_with({**self._stored, number: channel})

    def serve(self, stored: Mapping[int, RestChannel | None]) -> None:
        """Serves channels of the ODB from now on, by ID, next to the others; ``None`` is one that is no longer served.

        Raises:
            BadRequest: one of them cannot be served; nothing has changed then.
        """
        channels = {number: channel for number, channel in {**self._stored, **stored}.items() if channel is not None}
        self._routes = self._routes_with(channels)
        self._stored = channels

    def match(self, scope: Mapping[str, Any]) -> tuple[RestChannel, dict[str, str]]:
        """The channel for a request, and the parameters in its path.

        Raises:
            HTTPError: none.
        """
        target, params = self._routes.match(scope["method"], scope["path"])
        return (target.choose(scope["headers"]) if isinstance(target, SOAPPath) else target), params

    def _routes_with(self, stored: Mapping[int, RestChannel]) -> Routes[Target]:
        try:
            return _routes([*self.fixed, *stored.values()])
        except ValueError as error:
            raise BadRequest(f"Input field `url_path`: {error}") from None


def _routes(channels: Iterable[RestChannel]) -> Routes[Target]:
    soap: dict[str, SOAPPath] = {}
    routes: list[tuple[str, tuple[str, ...], Target]] = []
    for channel in channels:
        if isinstance(channel, SOAPChannel):
            if channel.path not in soap:
                soap[channel.path] = SOAPPath()
                routes.append((channel.path, ("POST",), soap[channel.path]))
            soap[channel.path].add(channel)
        else:
            routes.append((channel.path, channel.methods, channel))
    return Routes(routes)
