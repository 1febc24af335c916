"""Messages of publish/subscribe as a client gets them, and all that a client got so far."""

from collections.abc import Mapping

from apitest.clients.http.body import dump_json
from apitest.clients.websocket.types import TEXT, Message
from apitest.documents.display import show
from apitest.errors import CheckFailed
from apitest.language.literals import parse_json

_DATA, _TOPIC = "data", "topic_name"


class PubSubMessage(Message):
    """A message that was published: its data are what checks of text, JSON and XML look at.

    Attributes:
        properties: all that came with the data, such as ``priority`` and ``delivery_count``.
        carrier: the message of a WebSocket that brought it, maybe with others; None where it came another way.
        received: whether a step received it.
    """

    properties: dict[str, object]
    carrier: Message | None
    received: bool

    def __init__(self, document: Mapping[str, object], seconds: float = 0.0, carrier: Message | None = None) -> None:
        data = document.get(_DATA)
        text = data if isinstance(data, str) else "" if data is None else dump_json(data)
        super().__init__(TEXT, text.encode("utf-8", "replace"), seconds)
        properties = {name: value for name, value in document.items() if name != _DATA}
        self.__dict__.update(properties=properties, carrier=carrier, received=False)

    @property
    def topic(self) -> str:
        """Where it was published; empty if the server did not say."""
        return str(self.properties.get(_TOPIC) or "")

    @property
    def is_left(self) -> bool:
        """Whether no step has received it, nor the message of the WebSocket that brought it."""
        return not self.received and not (self.carrier and self.carrier.taken)

    def document(self) -> dict[str, object]:
        """All of it as one document; data that are the text of a JSON object or list as what they stand for."""
        return {**self.properties, _DATA: _unfolded(self.data_text)}

    def described(self) -> str:
        """Its ID and its topic."""
        return " ".join(filter(None, ("the message", str(self.properties.get("msg_id", "")), "on topic", self.topic)))


class Inbox:
    """All messages that a client got, the oldest first; only ever appended to.

    Attributes:
        messages: likewise.
    """

    def __init__(self) -> None:
        self.messages: list[PubSubMessage] = []
        self._start = 0  # all before it were received
        self._of_carrier: dict[int, int] = {}  # how many of what a carrier brought were not received

    def take_in(self, delivered: object, where: str, seconds: float = 0.0, carrier: Message | None = None) -> None:
        """Takes in what was delivered at once: one message, or a list of them.

        Raises:
            CheckFailed: it is neither.
        """
        came: list[object] = delivered if isinstance(delivered, list) else [delivered]
        documents = [each for each in came if isinstance(each, dict) and _DATA in each]
        if len(documents) < len(came):
            problem = "What was delivered is not a message of publish/subscribe"
            raise CheckFailed(problem, where, actual=show(delivered))
        self.messages += [PubSubMessage(document, seconds, carrier) for document in documents]
        self._of_carrier[id(carrier)] = len(documents)

    def receive(self, message: PubSubMessage) -> None:
        """A step received this one; what a WebSocket brought is received when all in it are."""
        message.received = True
        if message.carrier:
            self._of_carrier[id(message.carrier)] -= 1
            message.carrier.taken = not self._of_carrier[id(message.carrier)]

    def on(self, topic: str) -> list[PubSubMessage]:
        """Those on a topic, received by a step or not."""
        return [message for message in self.messages if message.topic == topic]

    def left(self) -> list[PubSubMessage]:
        """Those that no step has received."""
        return [message for message in self.messages[self.start() :] if message.is_left]

    def start(self) -> int:
        """Where the messages begin that no step has received."""
        while self._start < len(self.messages) and not self.messages[self._start].is_left:
            self._start += 1
        return self._start


def _unfolded(text: str) -> object:
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        return parse_json(text)
    except ValueError:
        return text
