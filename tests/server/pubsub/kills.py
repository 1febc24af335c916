"""A publisher and a subscriber of a process that is killed again and again, and what has to be true all the same."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from threading import Event, Thread, Timer

from apitest_server.odb import ODB
from apitest_server.odb.models import Object
from tests.server.pubsub.account import Account

PUBLISHERS = 16
LONGEST = 0.25  # seconds of load before a kill, at most
_LEAVES = 0.05  # of the batches: the subscriber is gone instead of acknowledging them


class Rounds:
    """Rounds of load, each of which ends with a kill.

    Attributes:
        account: of what has happened.
        command: that starts the process.
    """

    def __init__(self, odb: ODB, url: str, directory: Path, seed: int) -> None:
        """Takes a database with its schema, and its URL and directory for the process."""
        self.account = Account()
        self.random = Random(seed)
        self._numbers = [0] * PUBLISHERS
        with odb.writing() as session:
            rows = [
                Object(kind=kind, space=kind, name="/killed", search="", fields={}, secrets={})
                for kind in ("pubsub.topic", "pubsub.endpoint")
            ]
            session.add_all(rows)
            session.flush()
            ids = [str(row.id) for row in rows]
        self.command = [sys.executable, "-m", "tests.server.pubsub.victim", str(directory), url, *ids]
        self._batches: dict[int, list[str]] = {}

    def kill(self) -> None:
        """One round: the process starts, works for a random time, and is killed."""
        self._round(self.random.uniform(0, LONGEST))
        self.account.kills += 1

    def finish(self, seconds: float = 60.0) -> Account:
        """A last round without load, until all that was answered has arrived, or the time is over."""
        self._round(None, seconds)
        self.account.lost = self.account.answered - self.account.sent.keys()
        return self.account

    def _round(self, kill_after: float | None, seconds: float = 60.0) -> None:
        process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdin is not None
        assert process.stdout is not None
        self._batches.clear()
        started, complete = Event(), Event()
        reading = Thread(target=self._read, args=(process, kill_after is not None, started, complete))
        reading.start()
        started.wait(60)
        if kill_after is None:
            complete.wait(seconds)
        else:
            timer = Timer(kill_after, process.kill)
            timer.start()
            timer.join()
        process.kill()
        process.wait()
        reading.join()
        for pipe in (process.stdin, process.stdout):
            try:
                pipe.close()
            except BrokenPipeError:  # What it was not told any more
                continue

    def _read(self, process: "subprocess.Popen[bytes]", publishes: bool, started: Event, complete: Event) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                words = json.loads(line)
            except ValueError:  # It was killed in the middle of a line
                break
            try:
                self._hear(process, words, publishes)
            except BrokenPipeError:  # It was killed meanwhile, and may have said more
                publishes = False
            if words[0] == "ready":
                started.set()
            if not publishes and self.account.answered <= self.account.sent.keys():
                complete.set()
        started.set()

    def _hear(self, process: "subprocess.Popen[bytes]", words: list[object], publishes: bool) -> None:
        account = self.account
        if words[0] == "ready" and publishes:
            for publisher in range(PUBLISHERS):
                self._publish(process, publisher)
        elif words[0] == "ok":
            account.answered.add(str(words[1]))
            if publishes:
                self._publish(process, int(str(words[1]).partition(" ")[0]))
        elif words[0] == "msg":
            batch, messages = int(str(words[1])), words[2]
            assert isinstance(messages, list)
            for key, priority, count in messages:
                account.took(key, priority, count)
            self._batches[batch] = [key for key, _, _ in messages]
            self._tell(process, "gone" if publishes and self.random.random() < _LEAVES else "ack", batch)
        elif words[0] == "done":
            account.done.update(self._batches.pop(int(str(words[1]))))

    def _publish(self, process: "subprocess.Popen[bytes]", publisher: int) -> None:
        number = self._numbers[publisher]
        self._numbers[publisher] += 1
        self._tell(process, "pub", f"{publisher} {number}", self.random.choice((1, 5, 5, 5, 9)))

    def _tell(self, process: "subprocess.Popen[bytes]", *words: object) -> None:
        assert process.stdin is not None
        process.stdin.write(json.dumps(words).encode() + b"\n")
        process.stdin.flush()
