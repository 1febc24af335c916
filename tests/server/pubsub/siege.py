"""A server with publishers and a subscriber, each of which goes on while the server or its database is killed."""

import json
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from threading import Event
from types import TracebackType
from typing import Self

from sqlalchemy import NullPool, create_engine, select

from apitest_server.odb.location import location
from apitest_server.odb.models import PubSubMessage, PubSubQueue
from tests.server.cluster.pair import Member
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
    """A server process on a directory of its own, under load.

    Attributes:
        account: of what has happened.
    """

    def __init__(self, directory: Path, url: str, seed: int, *, server_stays: bool = False) -> None:
        """Takes an empty directory, and the URL of an empty database, or nothing for SQLite in that directory."""
        (directory / "services").mkdir()
        (directory / "server.conf").write_text(f"[odb]\nurl = {url}\n", "utf-8")
        self.account = Account()
        self._odb = location(url, directory)
        self._member = Member(directory)
        self._random = Random(seed)
        self._is_up, self._over = Event(), Event()
        self._subscriber = load.Subscriber(self._where, self.account, seed, is_heard=server_stays)
        self._publishers = [
            load.Publisher(number, self._where, self.account, self._over, seed) for number in range(PUBLISHERS)
        ]

    @property
    def process_id(self) -> int:
        """Of the server."""
        return self._member.process.pid

    def kill_server(self) -> None:
        """After a random time of load; it is started again on the same directory."""
        self._load()
        self._is_up.clear()
        self._member.kill()
        self.account.kills += 1
        self._look()
        self._start()

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
        account = self.account
        with suppress(TimeoutError):
            until(lambda: account.answered <= account.sent.keys() and not self._on_disk(), _LIMIT)
        if left := self._on_disk():
            account.surprises.append(f"{len(left)} messages wait for ever, such as {min(left)}")
        account.lost |= account.answered - account.sent.keys()
        return account

    def __enter__(self) -> Self:
        self._start()
        try:
            self._prepare()
        except BaseException:
            self._member.process.stop()
            raise
        for thread in (self._subscriber, *self._publishers):
            thread.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._over.set()
        self._is_up.clear()
        self._member.process.stop()
        self._subscriber.may_come.set()
        self._is_up.set()
        for thread in (self._subscriber, *self._publishers):
            thread.join()

    def _prepare(self) -> None:
        """A topic, who may publish to it, and the client's subscription."""
        call, topic = self._member.call, load.TOPIC
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
        with closing(Till(self._where(), load.PATH)) as till:
            wanted = {"topic_name": topic, "wrap_one_msg_in_list": True}
            answer = till.invoke("zato.pubsub.pubapi.subscribe-wsx", wanted)
            assert answer["data"]["sub_key"], answer

    def _start(self) -> None:
        self._member.process.start()
        self._is_up.set()

    def _where(self) -> str:
        self._is_up.wait()
        return self._member.process.address

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
            log = (self._member.directory / "server.log").read_text("utf-8", "replace")[-3000:]
            raise TimeoutError(f"{self.account.surprises[-3:]}\n{log}") from None

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
