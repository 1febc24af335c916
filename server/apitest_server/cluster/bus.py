"""The bus: what one server of an ODB tells all others.

bus.hear("cache", lambda data: …)      # called for what others tell, in a thread of the bus, one after the other
bus.tell("cache", {"name": "…"})       # any thread; after the transaction that it is about has ended
bus.missed(lambda: …)                  # something may have been missed: read again what others may have changed
bus.gone(lambda run_id: …)             # another server has ended, or died

A server that is alone tells nobody anything; its thread of the bus sleeps.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from time import monotonic, time
from typing import Any

import msgspec

from apitest_server.cluster.listeners import Listeners
from apitest_server.cluster.runs import Run, this_run
from apitest_server.cluster.station import Station
from apitest_server.components import Key
from apitest_server.errors import ServiceUnavailable, StartError
from apitest_server.odb import ODB

Listener = Callable[[Mapping[str, Any]], None]


class Bus:
    """A server's place on it.

    Listeners are called in a thread of the bus, one after the other, in the order of what they are told of; one that
    raises is logged. What takes long belongs in a thread of its own.

    Attributes:
        run_id: of this run of this server; another one with each start.
        server: this server's name.
        address: of its admin API.
        certificate: the fingerprint of the one that it shows there; empty where it speaks plain HTTP.
    """

    def __init__(self, odb: ODB, server: str, address: str, certificate: str = "") -> None:
        """Takes the ODB and what ``this_run`` does; nothing happens before ``start``."""
        own = this_run(server, address, certificate)
        self.run_id = own.id
        self.server, self.address, self.certificate = server, address, certificate
        self._listeners = Listeners()
        self._heard: dict[str, list[Listener]] = defaultdict(list)
        self._missed: list[Callable[[], None]] = []
        self._lost: list[Callable[[], None]] = []
        self._gone: list[Callable[[str], None]] = []
        self._forgotten: list[Callable[[], None]] = []
        self._station = Station(odb, own, self)

    def tell(self, subject: str, data: Mapping[str, object]) -> None:
        """Tells all other servers, within a second; any thread may do so, and does not wait.

        Call it once the transaction has ended that it is about: the others look at the ODB at once.

        Args:
            subject: what it is about; those hear it who listen for it.
            data: what JSON can hold.
        """
        if not self._station.peers:
            self._station.has_untold = True
        if self._station.peers:  # Also those that have come since the line above
            self._station.post(subject, msgspec.json.encode(data))

    def hear(self, subject: str, listener: Listener) -> None:
        """Calls a listener with the data of each message on a subject; those of one server come in its order."""
        self._heard[subject].append(listener)

    def missed(self, listener: Callable[[], None]) -> None:
        """Calls a listener when messages may have been missed: after a connection was lost, or others have come."""
        self._missed.append(listener)

    def lost(self, listener: Callable[[], None]) -> None:
        """Calls a listener when messages of others were lost, or may have been: not when others come."""
        self._lost.append(listener)

    def gone(self, listener: Callable[[str], None]) -> None:
        """Calls a listener with the ID of the run of a server that has ended or died, once for each."""
        self._gone.append(listener)

    def forgotten(self, listener: Callable[[], None]) -> None:
        """Calls a listener when others took this server for dead: its rows in the ODB that depended on it are gone."""
        self._forgotten.append(listener)

    @property
    def has_peers(self) -> bool:
        """Whether there are other servers."""
        return bool(self._station.peers)

    def peers(self) -> list[Run]:
        """The other servers that are running, as far as is known."""
        return list(self._station.peers.values())

    def peer(self, run_id: str) -> Run | None:
        """Another server by the ID of its run; ``None`` where it has ended."""
        return self._station.peers.get(run_id)

    @property
    def is_up(self) -> bool:
        """Whether messages of others come."""
        return self._station.is_up

    def wait(self, seconds: float) -> bool:
        """Waits until the bus is up, for so many seconds at most; whether it has been by then."""
        return self._station.has_begun.wait(seconds)

    def now(self) -> float:
        """Seconds since 1970 by the database's clock, which all servers share; by the system's until that is known."""
        ahead = self._station.ahead
        return time() if ahead is None else monotonic() + ahead

    def enrol(self) -> None:
        """Sees to it that the ODB knows this server, where that cannot wait until the bus has started.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        try:
            self._station.enrol()
        except StartError:
            raise ServiceUnavailable("The server's database cannot be reached") from None

    def namesakes(self) -> list[Run]:
        """Other servers of the ODB with the name of this one, as the ODB has it before the bus has started.

        Raises:
            StartError: the ODB cannot be reached.
        """
        return [run for run in self._station.others() if run.server == self.server]

    def rename(self, name: str) -> None:
        """This server has another name.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        try:
            self._station.rename(name)
        except StartError:
            raise ServiceUnavailable("The server's database cannot be reached") from None
        self.server = name

    def forget(self, run: Run) -> None:
        """Another server has died, which nobody has noticed yet; if it is alive after all, it comes back by itself.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        try:
            self._station.forget(run)
        except StartError:
            raise ServiceUnavailable("The server's database cannot be reached") from None

    def start(self) -> None:
        """From now on others are told and heard."""
        self._station.start()

    def close(self) -> None:
        """This server ends, and others are told."""
        self._station.close()
        self._listeners.close()

    def on_letter(self, subject: str, data: bytes) -> None:
        """The station has taken in something."""
        for listener in self._heard.get(subject, ()):
            self._listeners.call(subject, listener, msgspec.json.decode(data))

    def on_missed(self, is_loss: bool) -> None:
        """The station has missed something, perhaps."""
        for listener in (*self._missed, *(self._lost if is_loss else ())):
            self._listeners.call("missed", listener)

    def on_gone(self, run_id: str) -> None:
        """A server has ended."""
        for listener in self._gone:
            self._listeners.call("gone", listener, run_id)

    def on_forgotten(self) -> None:
        """Others have taken this server for dead."""
        for listener in self._forgotten:
            self._listeners.call("forgotten", listener)


BUS: Key[Bus] = Key("bus")
