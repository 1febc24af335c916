"""Publish/subscribe over a WSX channel whose service is a gateway: messages are pushed, and acknowledged."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from apitest.clients.pubsub.message import Inbox
from apitest.clients.pubsub.reply import Reply
from apitest.clients.websocket import client as websockets
from apitest.clients.wsx import client as wsx
from apitest.context import FeatureContext
from apitest.documents.display import show
from apitest.errors import CheckFailed

if TYPE_CHECKING:
    from apitest.clients.wsx.session import WSXSession

_SERVICES = "zato.pubsub.pubapi."


class WSXClient:
    """A client of a channel; what is delivered to it, its connection takes in by itself.

    Attributes:
        name: what sentences call it, and its WebSocket.
        inbox: what it got.
        topics: those that the scenario subscribed it to, and whether it still is.
        session: with the channel.
    """

    def __init__(self, name: str, session: "WSXSession") -> None:
        self.name = name
        self.inbox = Inbox()
        self.topics: dict[str, bool] = {}
        self.session = session
        self._seen = 0  # messages of the connection

    def publish(self, zato: FeatureContext, topic: str, publication: Mapping[str, object]) -> Reply:
        """Publishes a message: its data and its properties."""
        return self._invoke(zato, "publish-message", {"topic_name": topic, **publication})

    def subscribe(self, zato: FeatureContext, topic: str, fields: Mapping[str, object]) -> Reply:
        """Subscribes to a topic; a subscription that is there stays as it is."""
        return self._invoke(zato, "subscribe-wsx", {"topic_name": topic, **fields})

    def unsubscribe(self, zato: FeatureContext, topic: str) -> Reply:
        """Ends the subscription to a topic."""
        return self._invoke(zato, "unsubscribe", {"topic_name": topic})

    def collect(self, zato: FeatureContext, topic: str) -> None:
        """Moves what was delivered, on whatever topic, into the inbox.

        Raises:
            CheckFailed: something came that no server may send; what came after it is looked at the next time.
        """
        from apitest.clients.wsx.session import is_delivery, read

        connection = self.session.connection
        with websockets.used(zato, self.name):  # so that what came is told, and its secrets are learned
            for message in connection.messages[self._seen :]:
                self._seen += 1
                said = read(message)
                if said is None or is_delivery(said):
                    message.json()  # which has limits of its own
                if said is None:
                    raise CheckFailed(
                        "What came is not a message of WSX", connection.where, actual=show(message.json())
                    )
                if is_delivery(said):
                    self.inbox.take_in(said.data, connection.where, message.seconds, message)

    def check_listens(self, topic: str) -> None:
        """That the scenario has subscribed it, or has ended its subscription: else that nothing comes says nothing.

        Who got a message is subscribed, too: a client that has connected again is so without asking.

        Raises:
            CheckFailed: neither.
        """
        if topic not in self.topics and not self.inbox.on(topic):
            fix = f'Subscribe before: Given "{self.name}" subscribes to topic "{topic}"; what is subscribed stays so'
            raise CheckFailed(f'"{self.name}" is not subscribed to topic "{topic}" in this scenario', fix=fix)

    def wait(self, zato: FeatureContext, seconds: float, turn: int) -> None:
        """Waits for the next message.

        Raises:
            ApitestError: none can come any more.
        """
        connection = self.session.connection
        with websockets.used(zato, self.name):
            connection.wait(lambda: len(connection.messages) > self._seen, seconds)
            if connection.closing and len(connection.messages) == self._seen:
                raise connection.ended()

    def acknowledge(self, zato: FeatureContext, acknowledges: bool) -> None:
        """Acknowledges what is delivered, and what was withheld before; or nothing from now on."""
        with websockets.used(zato, self.name):
            if acknowledges:
                self.session.acknowledge(websockets.timeout(zato))
            else:
                self.session.acknowledges = False

    def close(self) -> None:
        """Nothing: the connection is closed by who keeps it."""

    def _invoke(self, zato: FeatureContext, service: str, request: Mapping[str, object]) -> Reply:
        if not self.session.token:
            raise wsx.not_authenticated(self.session)
        asked = {"service": _SERVICES + service, "request": dict(request)}
        with websockets.used(zato, self.name) as connection:
            message, said = self.session.invoke(asked, websockets.timeout(zato))
        details = said.error_message or ("" if said.status < 300 else str(said.data))
        return Reply(wsx.answer(message, said, "JSON"), said.status, details, f"{asked['service']}, {connection.where}")
