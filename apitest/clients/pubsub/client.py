"""Clients of publish/subscribe of a scenario by their names: what they publish, and what they receive."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import count
from time import monotonic
from typing import Protocol, cast

from apitest.clients.pubsub.message import Inbox, PubSubMessage
from apitest.clients.pubsub.reply import FORBIDDEN, Reply, refuse
from apitest.clients.pubsub.rest import RESTClient
from apitest.clients.pubsub.wsx import WSXClient
from apitest.clients.websocket import client as websockets
from apitest.clients.wsx import client as wsx
from apitest.context import FeatureContext
from apitest.documents.display import show
from apitest.errors import BadValue, CheckFailed
from apitest.language.suggestions import did_you_mean, near_misses

IsMeant = Callable[[PubSubMessage], bool]
Look = Callable[[], object]
KIND = "publish/subscribe"
_CONNECT = 'Connect before: Given I connect to publish/subscribe over REST as "{}"'
_BETWEEN = 0.25  # seconds between two looks at what ends a wait, and is not a message
_SHOWN = 3  # messages that an error tells of


class Client(Protocol):
    """A client, whatever it talks over.

    Attributes:
        name: what sentences call it.
        inbox: what it got.
        topics: those that the scenario subscribed it to, and whether it still is.
    """

    name: str
    inbox: Inbox
    topics: dict[str, bool]

    def publish(self, zato: FeatureContext, topic: str, publication: Mapping[str, object]) -> Reply: ...
    def subscribe(self, zato: FeatureContext, topic: str, fields: Mapping[str, object]) -> Reply: ...
    def unsubscribe(self, zato: FeatureContext, topic: str) -> Reply: ...
    def collect(self, zato: FeatureContext, topic: str) -> Reply | None: ...
    def check_listens(self, topic: str) -> None: ...
    def wait(self, zato: FeatureContext, seconds: float, turn: int) -> None: ...
    def acknowledge(self, zato: FeatureContext, acknowledges: bool) -> None: ...
    def close(self) -> None: ...


def connect_rest(zato: FeatureContext, name: str) -> None:
    """Makes a client of the address, the sign-in and the API keys that the scenario has; sends nothing yet.

    Raises:
        BadValue: there is no address.
    """
    _keep(zato, RESTClient(zato, name))


def connect_wsx(zato: FeatureContext, name: str) -> None:
    """Connects a client to the WSX channel at the address and path of the request.

    Raises:
        CheckFailed: the channel refuses the session.
        ApitestError: it cannot be reached.
    """
    session = wsx.connect(zato, with_credentials=True, name=name)
    if not session.token:
        raise wsx.not_authenticated(session)
    _keep(zato, WSXClient(name, session))


def find(zato: FeatureContext, name: str) -> Client:
    """A client of the scenario; any WSX connection is one, too.

    Raises:
        BadValue: there is none of that name.
    """
    found, session = _known(zato, name), wsx.known(zato, name)
    if session is not None and not (isinstance(found, WSXClient) and found.session is session):
        found = _keep(zato, WSXClient(name, session))
    if found is None:
        kept = websockets.lifetime(zato)
        names = list(dict.fromkeys([*kept.names(KIND), *kept.names(wsx.KIND)]))
        likely = did_you_mean(near_misses(name, names))
        fix = likely or (f"There are: {', '.join(names)}" if names else _CONNECT.format(name))
        raise BadValue(f'There is no client "{name}" of publish/subscribe in this scenario', fix=fix)
    return found


def publish(zato: FeatureContext, name: str, topic: str, data: object, properties: Mapping[str, object]) -> None:
    """Publishes a message; ``zato.response`` is the server's answer.

    Raises:
        CheckFailed: the server refuses it.
        BadValue: there is no such client, or no topic can have that name.
    """
    client = find(zato, name)
    reply = client.publish(zato, checked(topic), {"data": data, **properties})
    zato.response = reply.answer
    if not reply.is_success:
        refuse(reply, name, "publish on", topic)
    if not reply.field("msg_id"):
        raise CheckFailed("The server did not say which ID the message has", reply.where, actual=reply.answer.data_text)


def subscribe(zato: FeatureContext, name: str, topic: str, fields: Mapping[str, object]) -> None:
    """Subscribes a client to a topic; ``zato.response`` is the server's answer.

    Raises:
        CheckFailed, BadValue: as of `publish`.
    """
    client = find(zato, name)
    reply = client.subscribe(zato, checked(topic), fields)
    zato.response = reply.answer
    if not reply.is_success:
        refuse(reply, name, "subscribe to", topic)
    client.topics[topic] = True


def unsubscribe(zato: FeatureContext, name: str, topic: str) -> None:
    """Ends a client's subscription; ``zato.response`` is the server's answer.

    Raises:
        CheckFailed, BadValue: as of `publish`.
    """
    client = find(zato, name)
    reply = client.unsubscribe(zato, checked(topic))
    zato.response = reply.answer
    if not reply.is_success:
        refuse(reply, name, "unsubscribe from", topic)
    client.topics[topic] = False


def is_forbidden(reply: Reply) -> bool:
    """Whether the server refused with what it tells everybody who may not."""
    return reply.status == FORBIDDEN


def search(
    zato: FeatureContext, name: str, topic: str, is_meant: IsMeant, seconds: float, between: Look | None = None
) -> PubSubMessage | None:
    """The first message on a topic that is meant and that no step received before; waits for it.

    Args:
        zato: the scenario's.
        name: of the client.
        topic: the topic.
        is_meant: whether a message is; may raise to end the wait.
        seconds: how long to wait.
        between: looks at something else from time to time, while the step waits; may raise to end that.

    Returns:
        None if none came in time.

    Raises:
        ApitestError: there is no such client, it is not subscribed, or none can come any more.
    """
    client, deadline = find(zato, name), monotonic() + seconds
    looked_at = client.inbox.start()
    for turn in count():
        collect(zato, client, topic)
        came = client.inbox.messages
        for message in came[looked_at:]:
            if message.is_left and message.topic == topic and is_meant(message):
                return message
        looked_at = len(came)
        if between is not None:
            between()
        left = max(deadline - monotonic(), 0)
        # Also for no time at all: none can come over a connection that is gone.
        client.wait(zato, min(left, _BETWEEN if between else left), turn)
        if not left:
            break
    return None


def receive(
    zato: FeatureContext, name: str, topic: str, is_meant: IsMeant, seconds: float, between: Look | None = None
) -> bool:
    """As `search`; the message is received then, and is what checks look at. Whether one came."""
    found = search(zato, name, topic, is_meant, seconds, between)
    if found is not None:
        find(zato, name).inbox.receive(found)
        websockets.looked_at(zato, found, partial(receive, zato, name, topic, lambda message: True))
    return found is not None


def received(zato: FeatureContext, name: str, topic: str) -> list[PubSubMessage]:
    """All messages on a topic that a client got in this scenario, received by a step or not.

    Raises:
        CheckFailed: it is not subscribed, so that there can be none.
    """
    client = find(zato, name)
    collect(zato, client, topic)
    client.check_listens(topic)
    return client.inbox.on(topic)


def collect(zato: FeatureContext, client: Client, topic: str) -> None:
    """Takes in what has come.

    Raises:
        CheckFailed: the server refuses to hand it out.
    """
    reply = client.collect(zato, checked(topic))
    ended = client.topics.get(topic) is False
    if reply and not reply.is_success and not (ended and reply.is_not_subscribed):
        refuse(reply, client.name, "receive from", topic)


@contextmanager
def looking_at(zato: FeatureContext, message: PubSubMessage) -> Iterator[None]:
    """Has checks look at a message, be they of the response or of the message received last; for a while."""
    response, latest = zato.response, websockets.lifetime(zato).find(*websockets.LATEST)
    before = (latest.message, latest.following) if isinstance(latest, websockets.Latest) else (None, None)
    zato.response = message
    websockets.looked_at(zato, message)
    try:
        yield
    finally:
        zato.response = response
        websockets.looked_at(zato, *before)


def hint(zato: FeatureContext, name: str, topic: str) -> str:
    """Why nothing may have come; empty where nothing is known."""
    try:
        find(zato, name).check_listens(topic)
    except CheckFailed as failure:
        return failure.fix
    return ""


def shown(message: PubSubMessage) -> str:
    """A message's data, shortened."""
    return show(message.document().get("data"))


def left_over(zato: FeatureContext, name: str) -> str:
    """What a client got and no step received, for an error; empty for nothing."""
    left = find(zato, name).inbox.left()
    if not left:
        return ""
    told = "; ".join(f"on {each.topic} {shown(each)}" for each in left[-_SHOWN:])
    messages = "message" if len(left) == 1 else "messages"
    return f"{len(left):,} other {messages}{', the last ones' if len(left) > _SHOWN else ''}: {told}"


def checked(topic: object) -> str:
    """The name of a topic.

    Raises:
        BadValue: no topic can have it.
    """
    name = str(topic)
    if not name.startswith("/") or not name.strip("/ "):
        likely = f'Did you mean "/{name}"?' if name.strip("/ ") else 'Write its name: "/orders/new"'
        raise BadValue(f'The name of a topic starts with a slash, and "{name}" is not one', fix=likely)
    return name


def _known(zato: FeatureContext, name: str) -> Client | None:
    return cast("Client | None", websockets.lifetime(zato).find(KIND, name))


def _keep(zato: FeatureContext, client: Client) -> Client:
    """Keeps a client; what one of the same name got and was subscribed to is this one's."""
    before = _known(zato, client.name)
    if before is not None:
        if isinstance(before, WSXClient):
            before.collect(zato, "")
        client.inbox, client.topics = before.inbox, before.topics
    websockets.lifetime(zato).put(KIND, client.name, client)
    return client
