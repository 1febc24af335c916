"""The thread of the bus: it sends and receives letters, says that this server is alive, and finds out who is not."""

import logging
import select
import socket
from collections import deque
from collections.abc import Mapping
from contextlib import closing, suppress
from threading import Event, Thread
from time import monotonic
from typing import Protocol

import msgspec

from apitest_server.cluster.letters import Letter, Numbers, opened
from apitest_server.cluster.line import Line, line_of
from apitest_server.cluster.parts import Joiner, sender_of, split
from apitest_server.cluster.runs import BEAT, GONE, Run, Runs
from apitest_server.errors import StartError
from apitest_server.odb import ODB
from apitest_server.odb.driver import Driver

logger = logging.getLogger("apitest.cluster")
LOOK = 1.0  # seconds between two looks at the other processes of this machine
_SLOW = 0.02  # seconds until it is tried again to write to who takes in slowly
_FIRST, _LONGEST = 0.1, 5.0  # seconds until it is tried again to connect
_MOST = 10_000  # letters that wait to be sent; then the oldest ones are dropped, which others notice
_HELLO, _WELCOME, _LEFT = "\0hello", "\0welcome", "\0left"
_NOTHING, _SOMETHING = b"null", b"true"


class Told(Protocol):
    """Who is told of what comes."""

    def on_letter(self, subject: str, data: bytes) -> None:
        """Another server has told something."""

    def on_missed(self, is_loss: bool) -> None:
        """Something may have been missed: letters were lost, or others had not known of this server."""

    def on_gone(self, run_id: str) -> None:
        """A server has ended."""

    def on_forgotten(self) -> None:
        """Others have taken this server for dead."""


class Station:
    """A server's thread of the bus.

    Attributes:
        peers: the other servers by their IDs, replaced as a whole when they change.
        is_up: whether letters come.
        has_begun: set once letters come for the first time, and at the end.
        ahead: seconds that the database's clock is ahead of the monotonic one; ``None`` while that is not known.
        has_untold: whether something was told to nobody, as there were no others; to be set before peers are looked at.
    """

    def __init__(self, odb: ODB, own: Run, told: Told) -> None:
        self.peers: Mapping[str, Run] = {}
        self.is_up = False
        self.ahead: float | None = None
        self.has_untold = False
        self._odb = odb
        self._own = own
        self._runs = Runs(own)
        self._told = told
        self._numbers, self._joiner = Numbers(), Joiner()
        self._count = 0
        self._outbox: deque[tuple[str, bytes, str]] = deque(maxlen=_MOST)
        self._over = Event()
        self.has_begun = Event()
        self._ends: tuple[socket.socket, ...] = ()  # What wakes the thread: the end that it waits at, and the other one
        self._thread: Thread | None = None
        self._next_beat = self._next_look = 0.0
        self._judges_from = 0.0  # Until then nobody is dead for having said nothing
        self._was_up = False

    def start(self) -> None:
        """Starts the thread."""
        self._ends = socket.socketpair()
        for end in self._ends:
            end.setblocking(False)
        self._thread = Thread(target=self._run, name="bus", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends it; others are told that this server has ended."""
        self._over.set()
        self.has_begun.set()
        self._ring()
        if self._thread is not None:
            self._thread.join(10)
        ends, self._ends = self._ends, ()
        for end in ends:
            end.close()

    def post(self, subject: str, data: bytes, to: str = "") -> None:
        """Sends a letter, soon."""
        self._outbox.append((subject, data, to))
        self._ring()

    def enrol(self) -> None:
        """Writes this server down in the ODB, if it is not there; those of this machine that have died are forgotten.

        Raises:
            StartError: the ODB cannot be reached.
        """
        with closing(Driver(self._odb.where)) as driver:
            self._sign(driver)
            self._runs.others(driver)

    def rename(self, name: str) -> None:
        """This server has another name; the ODB and those who ask it know it by that.

        Raises:
            StartError: the ODB cannot be reached.
        """
        with closing(Driver(self._odb.where)) as driver:
            self._runs.rename(driver, name)

    def forget(self, run: Run) -> None:
        """A server has died: its row in the ODB goes; this server notices at once, others with their next sign of life.

        Raises:
            StartError: the ODB cannot be reached.
        """
        with closing(Driver(self._odb.where)) as driver:
            self._runs.forget(driver, run.id)
        self._next_beat = 0.0
        self._ring()

    def others(self) -> list[Run]:
        """The other servers, read from the ODB.

        Raises:
            StartError: the ODB cannot be reached.
        """
        with closing(Driver(self._odb.where)) as driver:
            return self._runs.others(driver)

    def _sign(self, driver: Driver) -> bool:
        """Says that this server is alive; whether that was not known before."""
        is_new = self._runs.beat(driver)
        if is_new and self._was_up:
            logger.warning("Other servers of this ODB took this one for dead; it is alive")
            self._told.on_forgotten()
        return is_new

    def _ring(self) -> None:
        with suppress(OSError):  # It rings already, or is over
            for end in self._ends[1:]:
                end.send(b"\0")

    def _run(self) -> None:
        pause = _FIRST
        while not self._over.is_set():
            try:
                with closing(Driver(self._odb.where)) as driver, closing(self._line(driver)) as line:
                    self._join(driver, line)
                    pause = _FIRST
                    self._serve(driver, line)
            except StartError as error:
                if self.is_up or pause == _FIRST:
                    logger.error("Other servers of this ODB cannot be heard: %s", error.problem)
            except Exception:
                logger.exception("The bus failed; it continues")
            self.is_up = False
            self._over.wait(pause)
            pause = min(2 * pause, _LONGEST)

    def _line(self, driver: Driver) -> Line:
        return line_of(self._odb, self._own.id, driver)

    def _join(self, driver: Driver, line: Line) -> None:
        """From now on letters come; what may have been missed before is read again.

        If the database was away nobody could say that they are alive, and the others have to find back to it, too.
        """
        if self._was_up:
            self._judges_from = monotonic() + GONE
        self._beat(driver)
        if self._was_up:
            self._told.on_missed(is_loss=True)
        self._was_up = self.is_up = True
        self.has_begun.set()
        self._deliver(line)

    def _serve(self, driver: Driver, line: Line) -> None:
        while not self._over.is_set():
            self._wait(line)
            for part in line.receive():
                self._take(driver, part)
            self._deliver(line)
            now = monotonic()
            if now >= self._next_beat:
                self._beat(driver)
            elif now >= self._next_look and any(run.is_dead for run in self.peers.values()):
                self._compare(self._others(driver))
            if now >= self._next_look:
                self._next_look = now + LOOK
        self._runs.forget(driver, self._own.id)
        if self.peers:
            self.post(_LEFT, _NOTHING)
            self._deliver(line)

    def _wait(self, line: Line) -> None:
        until = min(self._next_beat, self._next_look) if self.peers else self._next_beat
        pause = 0.0 if line.has_come or self._outbox else max(0.0, until - monotonic())
        bell = self._ends[0]
        select.select([line.fileno(), bell.fileno()], [], [], min(pause, _SLOW) if line.is_waiting else pause)
        with suppress(BlockingIOError):
            while bell.recv(1024):
                pass

    def _beat(self, driver: Driver) -> None:
        is_new = self._sign(driver)
        before = monotonic()
        self.ahead = self._runs.now(driver) - before
        self._next_beat = before + BEAT
        self._compare(self._others(driver))
        if self.peers and (is_new or not self.is_up):
            self.post(_HELLO, _SOMETHING if self.has_untold else _NOTHING)

    def _others(self, driver: Driver) -> list[Run]:
        return self._runs.others(driver, judges=monotonic() >= self._judges_from)

    def _compare(self, runs: list[Run]) -> None:
        """Those who are running now are the peers; who was one of them and is not any longer is gone."""
        known, self.peers = self.peers, {run.id: run for run in runs}
        for run in known.values():
            if run.id not in self.peers:
                self._lose(run)

    def _lose(self, run: Run) -> None:
        logger.info("Server `%s` (%s, process %d) has ended", run.server, run.machine, run.pid)
        self._told.on_gone(run.id)

    def _deliver(self, line: Line) -> None:
        while self._outbox:
            subject, data, to = self._outbox.popleft()
            self._count += 1
            letter = Letter(self._own.id, self._count, subject, msgspec.Raw(data), to)
            try:
                line.send(split(self._own.id, self._count, letter.sealed(self._odb.key), line.limit))
            except ValueError as error:
                logger.error("Other servers are not told of `%s`: %s", subject, error)

    def _take(self, driver: Driver, part: str) -> None:
        sealed = None if sender_of(part) == self._own.id else self._joiner.take(part)
        letter = None if sealed is None else opened(sealed, self._odb.key)
        if letter is None:
            return
        if letter.sender not in self.peers:  # It has just come, or it ended long ago and somebody repeats its letters
            self._compare(self._others(driver))
        order = self._numbers.note(letter) if letter.sender in self.peers else "old"
        if order == "gap":
            self._told.on_missed(is_loss=True)
        if order != "old" and letter.to in ("", self._own.id):
            self._obey(letter)

    def _obey(self, letter: Letter) -> None:
        if letter.subject == _HELLO:
            self.post(_WELCOME, _NOTHING, letter.sender)
            if bytes(letter.data) == _SOMETHING:  # Its sender did something before it knew of others
                self._told.on_missed(is_loss=False)
        elif letter.subject == _WELCOME:
            self._told.on_missed(is_loss=False)  # What its sender did before it knew of this server was told to nobody
        elif letter.subject == _LEFT:
            self._compare([run for run in self.peers.values() if run.id != letter.sender])
        else:
            self._told.on_letter(letter.subject, bytes(letter.data))
