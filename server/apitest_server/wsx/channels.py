"""The WebSocket channels of a server, those of server.conf and of the ODB, and who is connected to each."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import datetime
from time import monotonic
from typing import Protocol

from apitest_server.config import WebSocketChannel
from apitest_server.errors import BadRequest, ConfigError
from apitest_server.invoke.pipeline import Route
from apitest_server.security.objects import declared_id
from apitest_server.wsx.pace import Pace
from apitest_server.wsx.protocol import Terms
from apitest_server.wsx.websocket import WebSocket

KIND = "web-socket"  # What services see as the channel's type
Place = tuple[int, str]  # Port, path


class Connected(Protocol):
    """A client, as what keeps it in mind knows it; what each attribute is, ``Client`` says."""

    id: str
    address: str
    local: str
    connected: datetime
    client_id: str
    client_name: str
    fqdn: str
    channel: "Channel"
    socket: WebSocket

    @property
    def user(self) -> str: ...
    @property
    def idle_for(self) -> float: ...
    def tell(self, data_json: str) -> bool: ...
    async def request(self, data_json: str, timeout: float) -> object: ...
    def when_answered(self, work: Callable[[], None]) -> None: ...
    def deliver(self, ctx: Mapping[str, object], data_json: str, timeout: float) -> Awaitable[object]: ...
    def disconnect(self, reason: str, code: int = ...) -> None: ...
    def when_gone(self) -> "asyncio.Future[None]": ...


class Channel:
    """A channel in the running server.

    Attributes:
        number: its ID; negative for one of server.conf.
        settings: what it is made of; an edit replaces them.
        route: how the pipeline knows it.
        terms: how sessions know it.
        clients: those that are connected, by the ID of their connection.
        pace: how fast each address may send.
    """

    def __init__(self, number: int, settings: WebSocketChannel) -> None:
        self.number = number
        self.clients: dict[str, Connected] = {}
        self._by_address: Counter[str] = Counter()
        self.apply(settings)

    def apply(self, settings: WebSocketChannel) -> None:
        """Takes new settings; sessions that are open keep their terms."""
        self.settings = settings
        self.route = Route(settings.service, settings.name, KIND, settings.security)
        self.terms = Terms(
            settings.token_ttl, settings.new_token_wait_time, settings.ping_interval, settings.pings_missed_threshold
        )
        self.pace = Pace(settings.max_messages_per_second)

    @property
    def place(self) -> Place:
        """Where clients find it."""
        return self.settings.port, self.settings.path

    def admits(self, address: str) -> bool:
        """Whether one more client of an address may connect."""
        most, each = self.settings.max_connections, self.settings.max_connections_per_address
        return len(self.clients) < most and self._by_address[address] < each

    def add(self, client: Connected) -> None:
        """A client has connected."""
        self.clients[client.id] = client
        self._by_address[client.address] += 1

    def drop(self, client: Connected) -> None:
        """A client is gone."""
        if self.clients.pop(client.id, None) is not None:
            self._by_address[client.address] -= 1
            if not self._by_address[client.address]:
                del self._by_address[client.address]
                self.pace.forget(client.address)

    def delay(self, address: str) -> float:
        """How many seconds the next message of an address has to wait."""
        return self.pace.delay(address, monotonic())


class Channels:
    """Which channel a client reaches. The table is exchanged as a whole: each client sees one state of it.

    Attributes:
        fixed: the channels of server.conf.
    """

    def __init__(self, declared: Iterable[WebSocketChannel] = ()) -> None:
        """Takes the channels of server.conf.

        Raises:
            ConfigError: two of them have one place; names all that have no place of their own.
        """
        self.fixed = tuple(declared)
        self._channels: dict[int, Channel] = {}
        problems = []
        for settings in self.fixed:
            channel = Channel(declared_id(settings.name), settings)
            taken = self._taken(channel.number, channel.place)
            if taken:
                problems.append(f"`[[{settings.name}]]` in `[websocket]` of server.conf: {taken}")
            self._channels[channel.number] = channel
        if problems:
            raise ConfigError(problems)
        self._places = {channel.place: channel for channel in self}

    def __iter__(self) -> Iterator[Channel]:
        return iter(list(self._channels.values()))

    def get(self, number: int) -> Channel | None:
        """A channel by its ID; only those that are active are here."""
        return self._channels.get(number)

    def find(self, port: int, path: str) -> Channel | None:
        """The channel of a place."""
        return self._places.get((port, path))

    def check(self, number: int, settings: WebSocketChannel) -> None:
        """Refuses a channel that could not be served.

        Raises:
            BadRequest: its place is taken.
        """
        taken = self._taken(number, (settings.port, settings.path))
        if taken:
            raise BadRequest(f"Input field `url_path`: {taken}")

    def serve(self, number: int, settings: WebSocketChannel | None) -> Channel | None:
        """Serves a channel from now on, or not any longer; returns what nobody can reach any more.

        A channel goes on with its clients where its place and its security stay.
        """
        old = self._channels.get(number)
        channels = {key: channel for key, channel in self._channels.items() if key != number}
        stays = old is not None and settings is not None and _same_door(old.settings, settings)
        if settings is not None:
            channels[number] = old if old is not None and stays else Channel(number, settings)
        self._channels = channels
        self._places = {channel.place: channel for channel in channels.values()}
        if old is not None and settings is not None and stays:
            old.apply(settings)
        return None if stays else old

    def _taken(self, number: int, place: Place) -> str:
        for channel in self._channels.values():
            if channel.place == place and channel.number != number:
                at = f" at port {place[0]}" if place[0] else ""
                return f"the path {place[1]}{at} is taken by another WebSocket channel"
        return ""


def _same_door(old: WebSocketChannel, new: WebSocketChannel) -> bool:
    places = [(each.port, each.host, each.path, each.security, each.origins) for each in (old, new)]
    return places[0] == places[1]
