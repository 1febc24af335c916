"""WebSockets of a scenario by their names, what is told of them, and the message that checks look at."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, cast

from apitest.clients.http.settings import RequestSettings
from apitest.clients.websocket import exchange as websocket_exchange
from apitest.clients.websocket.types import Message
from apitest.context import FeatureContext
from apitest.documents.display import show
from apitest.errors import BadValue, CheckFailed
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.open_clients import Clients
from apitest.redaction import learning

if TYPE_CHECKING:
    from apitest.clients.websocket.connection import WebSocketConnection

KIND = "WebSocket"
LATEST = (KIND + " message", "")
Following = Callable[[float], bool]
_RECEIVE = """Put a line before the check, such as: When I receive the next message from WebSocket "…"
Or, of publish/subscribe: When "…" receives a message on topic "/…\""""
_OPEN = 'Open it before: Given I connect to WebSocket "ws://localhost:8080/" as "{}"'


class Kept:
    """A connection that is open until the scenario is over, and the last message that was taken from any of them."""

    def __init__(self, zato: FeatureContext, connection: "WebSocketConnection") -> None:
        self.connection = connection
        self.told: int | None = None  # frames; None before the handshake was told
        self.learned = 0  # messages whose secrets are known
        self._zato = zato

    def close(self) -> None:
        """Closes the connection; what went over it at last is told, too."""
        try:
            self.connection.close()
        finally:
            tell(self._zato, self)


class Latest:
    """The message that checks look at.

    Attributes:
        message: the last one that a step received; None before the first.
        following: receives the next one from where this came, within so many seconds, and says whether one came; None
            where none can follow.
    """

    message: Message | None = None
    following: Following | None = None

    def close(self) -> None:
        """Forgets it."""
        self.message = self.following = None


def lifetime(zato: FeatureContext) -> Clients:
    """What connections live as long as: the scenario, or the feature in projects that carry requests over."""
    return zato.clients if zato.run.project.carries_over else zato.scenario


@contextmanager
def used(zato: FeatureContext, name: object) -> Iterator["WebSocketConnection"]:
    """A connection that a step uses; what goes over it meanwhile is told.

    Raises:
        BadValue: there is none of that name.
    """
    kept = _find(zato, str(name))
    try:
        yield kept.connection
    finally:
        tell(zato, kept)


def _find(zato: FeatureContext, name: str) -> Kept:
    found = lifetime(zato).find(KIND, name)
    if found is None:
        known = lifetime(zato).names(KIND)
        likely = did_you_mean(near_misses(name, known))
        fix = likely or (f"There are: {', '.join(known)}" if known else _OPEN.format(name))
        raise BadValue(f'There is no WebSocket "{name}" in this scenario', fix=fix)
    return cast(Kept, found)


def keep(zato: FeatureContext, connection: "WebSocketConnection") -> None:
    """Keeps a connection that was just opened, and tells of it."""
    kept = Kept(zato, connection)
    lifetime(zato).put(KIND, connection.name, kept)
    tell(zato, kept)


def tell(zato: FeatureContext, kept: Kept) -> None:
    """Makes the connection the last exchange; tells who wants to know what went over it since it was last told.

    What the messages that came hold under the names of secrets is hidden from now on.
    """
    for message in kept.connection.messages[kept.learned :]:
        kept.learned += 1
        zato.run.secrets |= learning.of_message("", (), message.data_text)
    if not zato.run.shows_exchanges:
        zato.exchange = partial(websocket_exchange.make, kept.connection)
        zato.run.trace.began(zato.exchange)  # what goes over it next comes in its place
        return
    logged = kept.connection.log.number
    if kept.told is None or logged > kept.told:
        event = websocket_exchange.since(kept.connection, kept.told)
        kept.told = logged
        zato.exchange = lambda: event
        zato.run.exchanged(zato.exchange)


def receive(
    zato: FeatureContext, name: object, is_meant: Callable[[Message], bool], seconds: float | None = None
) -> Message | None:
    """The first message that is meant and that no step received before; checks look at it from now on.

    Args:
        zato: the state of the feature.
        name: of the connection.
        is_meant: whether a message is the one to receive.
        seconds: the time to wait; None for the time-out of requests.

    Returns:
        None if none came in time.

    Raises:
        ApitestError: there is no such connection, or none can come any more.
    """
    limit = timeout(zato) if seconds is None else seconds
    with used(zato, name) as connection:
        found = connection.take(is_meant, limit)
    if found is not None:
        looked_at(zato, found, partial(receive_next, zato, name))
    return found


def receive_next(zato: FeatureContext, name: object, seconds: float) -> bool:
    """Receives the next message, whatever it is, within so many seconds; whether one came. Raises as `receive`."""
    return receive(zato, name, lambda message: True, seconds) is not None


def looked_at(zato: FeatureContext, message: Message | None, following: Following | None = None) -> None:
    """Makes a message the one that checks look at; none for that there is none.

    Args:
        zato: the state of the feature.
        message: the message.
        following: as of `Latest`.
    """
    latest = lifetime(zato).get(*LATEST, Latest)
    latest.message, latest.following = message, following


def following(zato: FeatureContext) -> Following | None:
    """What receives the next message from where the last one came; None where none can follow."""
    found = lifetime(zato).find(*LATEST)
    return found.following if isinstance(found, Latest) else None


def latest(zato: FeatureContext) -> Message:
    """The message that a step received last.

    Raises:
        CheckFailed: none did.
    """
    found = lifetime(zato).find(*LATEST)
    if not isinstance(found, Latest) or found.message is None:
        fix = _RECEIVE
        raise CheckFailed("There is no message yet: this scenario has not received one", fix=fix)
    return found.message


def left_over(zato: FeatureContext, name: object) -> str:
    """What came over a connection and was not received, for an error; empty for nothing."""
    waiting = [message for message in _find(zato, str(name)).connection.messages if not message.taken]
    if not waiting:
        return ""
    shown = show(waiting[-1].data_text)
    return f"Not received so far: {len(waiting):,} of other content, the last one {shown}"


def timeout(zato: FeatureContext) -> float:
    """The seconds that a step may take."""
    return zato.settings(RequestSettings).timeout
