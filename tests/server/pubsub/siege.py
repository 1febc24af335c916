"""Servers with publishers and a subscriber, each of which goes on while a server or the database is killed."""

import json
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random
from threading import Event
from types import TracebackType
from typing import Self

from sqlalchemy import NullPool, create_engine, select
from websocket import WebSocketException

from apitest_server.odb.location import location
from apitest_server.odb.models import PubSubMessage, PubSubQueue
from tests.server.cluster.pair import Member, Pair
from tests.server.cluster.till import Till
from tests.server.cluster.waiting import until
from tests.server.pubsub import load
from tests.server.pubsub.account import Account
from tests.server.pubsub.disks import Disk
from tests.services.postgresql import PostgreSQL

PUBLISHERS = 6
LONGEST = 0.5  # seconds of load before a kill, at most
_LIMIT = 120.0  # seconds until all has to go on after a kill


class Siege:
    """Server processes of one ODB, each on a directory of its own, under load.

    Attributes:
        account: of what has happened.
    """

    def __init__(
        self, directory: Path, url: str, seed: int, *, server_stays: bool = False, are_two: bool = False
    ) -> None:
        """Takes an empty directory, and the URL of an empty database, or nothing for SQLite in that directory."""
        self.account = Account()
        if are_two:
            pair = Pair(directory, url)
            self._members, self._odb = pair.members, pair.where
        else:
            (directory / "services").mkdir()
            (directory / "server.conf").write_text(f"[odb]\nurl = {url}\n", "utf-8")
            self._members, self._odb = [Member(directory)], location(url, directory)
        self._random = Random(seed)
        self._up, self._over = [Event() for _ in self._members], Event()
        turns = cycle(range(len(self._members)))  # The subscriber comes to another server each time
        anywhere = lambda: self._where(next(turns))  # noqa: E731
        self._subscriber = load.Subscriber(anywhere, self.account, seed, is_heard=server_stays)
        self._publishers = [
            load.Publisher(number, partial(self._where, number % len(self._members)), self.account, self._over, seed)
            for number in range(PUBLISHERS)
        ]

    @property
    def process_id(self) -> int:
        """Of the first server."""
        return self._members[0].process.pid

    def kill_server(self) -> None:
        """One of them, after a random time of load; it is started again on the same directory."""
        self._load()
        number = self._random.randrange(len(self._members))
        self._up[number].clear()
        self._members[number].kill()
        self.account.kills += 1
        if len(self._members) == 1:  # Nobody else changes what is on disk meanwhile
            self._look()
        self._start(number)

    def kill_database(self, database: PostgreSQL) -> None:
        """After a random time of load; started again once a publisher was told of it."""
        self._load()
        self.account.kills += 1
        self._outage(database.kill, database.start)

    def fill(self, disk: Disk) -> None:
        """After a random time of load the disk is full, until a publisher was told of it. Nobody empties the queue."""
        self._load()
        self._subscriber.may_come.clear()
        self._outage(disk.fill, lambda: (disk.free(), self._subscriber.may_come.set()))

    def finish(self) -> Account:
        """The load ends; once all that was answered has arrived, or does not come, all else does, too."""
        self._over.set()
        self._subscriber.stays = True
        for publisher in self._publishers:
            publisher.join()
        account, arrived = self.account, -1
        while len(account.sent) > arrived:  # A long queue takes its time: given up is what does not move
            arrived = len(account.sent)
            with suppress(TimeoutError):
                until(self._is_over, _LIMIT)
                break
        if left := self._on_disk():
            account.surprises.append(f"{len(left)} messages wait for ever, such as {min(left)}")
        account.lost |= account.answered - account.sent.keys()
        return account

    def _is_over(self) -> bool:
        return self.account.answered <= self.account.sent.keys() and not self._on_disk()

    def __enter__(self) -> Self:
        try:
            for number in range(len(self._members)):
                self._start(number)
            self._prepare()
        except BaseException:
            self._stop()
            raise
        for thread in (self._subscriber, *self._publishers):
            thread.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._over.set()
        for up in self._up:
            up.clear()
        self._stop()
        self._subscriber.may_come.set()
        for up in self._up:
            up.set()
        for thread in (self._subscriber, *self._publishers):
            thread.join()

    def _prepare(self) -> None:
        """A topic, who may publish to it, and the client's subscription."""
        call, topic = self._members[0].call, load.TOPIC
        depth = {"max_depth_gd": 1_000_000}
        call("zato.pubsub.topic.create", {"name": topic, **depth})
        name, password = load.PUBLISHER
        given = {"name": name, "username": name, "password": password}
        security = call("zato.security.basic-auth.create", given)["id"]
        may = {"name": "publishers", "endpoint_type": "rest", "role": "pub", "topic_patterns": f"pub={topic}"}
        call("zato.pubsub.endpoint.create", {**may, "security_id": security})
        gateway = {"name": "clients", "service": "helpers.web-sockets-gateway", "url_path": load.PATH}
        channel = call("zato.channel.web-socket.create", gateway)["id"]
        may = {"name": "clients", "endpoint_type": "wsx", "role": "sub", "topic_patterns": f"sub={topic}"}
        call("zato.pubsub.endpoint.create", {**may, "ws_channel_id": channel})
        for number in range(len(self._members)):  # What one of them was told takes effect on the other, too
            until(partial(self._subscribes, number), _LIMIT)

    def _subscribes(self, number: int) -> bool:
        """Whether the client can subscribe to the topic on a server."""
        try:
            with closing(Till(self._where(number), load.PATH)) as till:
                wanted = {"topic_name": load.TOPIC, "wrap_one_msg_in_list": True}
                return "sub_key" in till.invoke("zato.pubsub.pubapi.subscribe-wsx", wanted)["data"]
        except WebSocketException:
            return False

    def _start(self, number: int) -> None:
        self._members[number].process.start()
        self._up[number].set()

    def _stop(self) -> None:
        for member in self._members:
            member.process.stop()

    def _where(self, number: int) -> str:
        self._up[number].wait()
        return self._members[number].process.address

    def _outage(self, begin: Callable[[], object], end: Callable[[], object]) -> None:
        """The database cannot be used, until a publisher was told so; then the server goes on by itself."""
        account, told = self.account, len(self.account.told)
        begin()
        self._until(lambda: len(account.told) > told)
        end()
        answered, sent = len(account.answered), len(account.sent)
        self._until(lambda: len(account.answered) > answered and len(account.sent) > sent)

    def _load(self) -> None:
        """Lets all work for a random time, after there was something to do."""
        answered = len(self.account.answered)
        self._until(lambda: len(self.account.answered) > answered)
        time.sleep(self._random.uniform(0, LONGEST))

    def _until(self, found: Callable[[], bool]) -> None:
        """Waits for something; if it does not come, what the server and its clients have said last is told."""
        try:
            until(found, _LIMIT)
        except TimeoutError:
            logs = [(each.directory / "server.log").read_text("utf-8", "replace")[-3000:] for each in self._members]
            raise TimeoutError("\n".join((f"{self.account.surprises[-3:]}", *logs))) from None

    def _look(self) -> None:
        """What is on disk while the server is dead: each message that was answered, unless it was acknowledged."""
        account, answered = self.account, set(self.account.answered)
        sent, acknowledged = set(account.sent), set(self._subscriber.acknowledged)
        waiting = self._on_disk()
        gone = sent - waiting
        account.done |= gone
        account.lost |= (answered - sent - waiting) | (gone - acknowledged)

    def _on_disk(self) -> set[str]:
        """The messages of the queue."""
        engine = create_engine(self._odb.sqlalchemy_url, poolclass=NullPool)
        chosen = select(PubSubMessage.content).join(PubSubQueue, PubSubQueue.message_id == PubSubMessage.id)
        with engine.connect() as connection:
            return {json.loads(content) for content in connection.scalars(chosen)}
