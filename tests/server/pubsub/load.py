"""Clients of a server that may be gone at any moment: publishers over REST, and a subscriber over WSX."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from random import Random
from threading import Event, Thread
from urllib.parse import urlsplit

from websocket import WebSocketException

from tests.server.cluster.till import Till
from tests.server.pubsub.account import Account

TOPIC = "/killed"
PUBLISHER = ("publisher", "a-password")
PATH = "/killed"  # Of the channel
PATIENCE = 60.0  # seconds until an answer that has not come is a fault
_LEAVES = 0.05  # of the deliveries: the subscriber is gone instead of acknowledging them
Where = Callable[[], str]  # The server's address; waits until it has one, and is empty if that is over


class Publisher(Thread):
    """Publishes one message after the other, with guaranteed delivery, until it is told that this is over."""

    def __init__(self, number: int, where: Where, account: Account, over: Event, seed: int) -> None:
        super().__init__(name=f"publisher-{number}")
        self._number = number
        self._where = where
        self._account = account
        self._over = over
        self._random = Random(f"{seed} {number}")
        self._numbers = count()

    def run(self) -> None:
        """A server that is away is waited for; what it was asked then may have been done, or not."""
        while not self._over.is_set() and (address := self._where()):
            try:
                with _connected(address) as connection:
                    while not self._over.is_set():
                        self._publish(connection)
            except TimeoutError:
                self._account.surprises.append(f"publisher {self._number}: no answer within {PATIENCE:g} s")
            except (OSError, HTTPException):
                continue

    def _publish(self, connection: HTTPConnection) -> None:
        key = f"{self._number} {next(self._numbers)}"
        body = json.dumps({"data": key, "priority": self._random.choice((1, 5, 5, 5, 9)), "has_gd": True})
        credentials = base64.b64encode(":".join(PUBLISHER).encode()).decode()
        headers = {"Authorization": f"Basic {credentials}", "Content-Type": "application/json"}
        connection.request("POST", f"/zato/pubsub/topic/{TOPIC}", body, headers)
        response = connection.getresponse()
        answer = response.read().decode("utf-8", "replace")
        if response.status == 200 and json.loads(answer)["msg_id"].startswith("zpsm"):
            self._account.answered.add(key)
        elif response.status == 503:
            self._account.told.append(key)
            self._over.wait(0.1)
        else:
            self._account.surprises.append(f"publisher {self._number}: {response.status} {answer}")
            self._over.wait(0.1)


class Subscriber(Thread):
    """Takes what comes, and comes again whenever it is gone.

    Attributes:
        acknowledged: messages that it has begun to acknowledge.
        stays: whether it may not leave any more without an acknowledgement.
        may_come: unless it is set, the subscriber leaves, and stays away.
    """

    def __init__(self, where: Where, account: Account, seed: int, *, is_heard: bool) -> None:
        """``is_heard`` says that the server lives: it gets all acknowledgements."""
        super().__init__(name="subscriber")
        self.acknowledged: set[str] = set()
        self.stays = False
        self.may_come = Event()
        self.may_come.set()
        self._is_heard = is_heard
        self._where = where
        self._account = account
        self._random = Random(seed)

    def run(self) -> None:
        """Until there is no server any more."""
        while self.may_come.wait() and (address := self._where()):
            try:
                with closing(Till(address, PATH)) as till:
                    while True:
                        self._take(till)
            except (OSError, WebSocketException, ValueError):
                continue

    def _take(self, till: Till) -> None:
        delivery = till.next()
        if delivery["meta"]["msg_type"] != "zwsx.psrq":
            self._account.surprises.append(f"subscriber: {delivery}")
            return
        keys = [each["data"] for each in delivery["data"]]
        for key, each in zip(keys, delivery["data"], strict=True):
            self._account.took(key, each["priority"], each["delivery_count"])
        if not self.may_come.is_set() or (not self.stays and self._random.random() < _LEAVES):
            raise ConnectionError("The subscriber is gone")
        self.acknowledged.update(keys)
        till.confirm(delivery)
        if self._is_heard:
            self._account.done.update(keys)


@contextmanager
def _connected(address: str) -> Iterator[HTTPConnection]:
    where = urlsplit(address)
    with closing(HTTPConnection(where.hostname or "", where.port, timeout=PATIENCE)) as connection:
        yield connection
