"""Publish/subscribe over REST: messages are pulled, and are out of the queue then."""

from collections.abc import Mapping
from time import sleep
from urllib.parse import quote

from apitest.clients.http import client as http
from apitest.clients.http import url as http_url
from apitest.clients.http.auth import ApiKeys
from apitest.clients.http.body import Body, dump_json
from apitest.clients.pubsub.message import Inbox
from apitest.clients.pubsub.reply import Reply
from apitest.context import FeatureContext
from apitest.errors import BadValue, CheckFailed
from apitest.redaction import redact_url

_TOPIC = "/zato/pubsub/topic/"
_SUBSCRIPTION = "/zato/pubsub/subscribe/topic/"
_PAUSES = (0.05, 0.1, 0.2, 0.4)  # seconds between two pulls, one after the other
_NO_ACKNOWLEDGEMENT = "Over REST, messages are out of the queue as soon as they were pulled"


class RESTClient:
    """A client that publishes and pulls with the address, the sign-in and the API keys that its scenario had.

    Attributes:
        name: what sentences call it.
        inbox: what it got.
        topics: those that the scenario subscribed it to, and whether it still is.
    """

    def __init__(self, zato: FeatureContext, name: str) -> None:
        self.name = name
        self.inbox = Inbox()
        self.topics: dict[str, bool] = {}
        self._address, self._sign_in = zato.address, zato.sign_in
        self._headers = dict(zato.settings(ApiKeys).headers)
        http_url.join(self._address, _TOPIC, "")  # an address that is missing is told where it is needed

    def publish(self, zato: FeatureContext, topic: str, publication: Mapping[str, object]) -> Reply:
        """Publishes a message: its data and its properties."""
        return self._ask(zato, "POST", _TOPIC + topic, publication)

    def subscribe(self, zato: FeatureContext, topic: str, fields: Mapping[str, object]) -> Reply:
        """Subscribes to a topic; without effect where it is subscribed."""
        return self._ask(zato, "POST", _SUBSCRIPTION + topic, fields)

    def unsubscribe(self, zato: FeatureContext, topic: str) -> Reply:
        """Ends the subscription to a topic; without effect where there is none."""
        return self._ask(zato, "DELETE", _SUBSCRIPTION + topic, None)

    def collect(self, zato: FeatureContext, topic: str) -> Reply:
        """Pulls what waits in the queue of a topic into the inbox."""
        reply = self._ask(zato, "PATCH", _TOPIC + topic, None)
        if reply.is_success:
            found = reply.answer.json()
            if not isinstance(found, list):
                raise CheckFailed("The server did not answer with a list of messages", reply.where, actual=str(found))
            self.inbox.take_in(found, reply.where)
        return reply

    def check_listens(self, topic: str) -> None:
        """Nothing: a pull without a subscription is refused."""

    def wait(self, zato: FeatureContext, seconds: float, turn: int) -> None:
        """Waits a while before the next pull, longer from turn to turn."""
        sleep(min(_PAUSES[min(turn, len(_PAUSES) - 1)], seconds))

    def acknowledge(self, zato: FeatureContext, acknowledges: bool) -> None:
        """Refuses to: there are no acknowledgements.

        Raises:
            BadValue: always.
        """
        raise BadValue(_NO_ACKNOWLEDGEMENT, fix='Use a client that is connected over WSX: … over WSX as "till"')

    def close(self) -> None:
        """Nothing is held open."""

    def _ask(self, zato: FeatureContext, method: str, path: str, document: Mapping[str, object] | None) -> Reply:
        url = http_url.join(self._address, quote(path), "")
        body = Body(b"" if document is None else dump_json(document).encode(), "application/json")
        answer = http.send(zato, method, url, self._headers, body, "JSON", self._sign_in)
        return Reply(answer, answer.received.status_code, _details(answer), f"{method} {redact_url(url)}")


def _details(answer: http.HTTPAnswer) -> str:
    """What the server says of a failure."""
    found: object = answer.json() if answer.is_json() else None
    details = found.get("details") if isinstance(found, dict) else None
    return str(details or answer.received.reason or "")
