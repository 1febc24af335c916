"""Wire taps on the connections to any server of the ODB: what several servers hear, read in one place."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from apitest_server.cluster.bus import Bus
from apitest_server.cluster.neighbours import Neighbours
from apitest_server.cluster.runs import Run
from apitest_server.components import Key
from apitest_server.errors import HTTPError, NotFound, TooManyRequests
from apitest_server.wsx.taps import IDLE, MOST, Seen, Taps

logger = logging.getLogger("apitest.wsx")
_PREFIX = "zato.channel.web-socket."
_AT_ONCE = 1.0  # seconds that another server is asked to wait for frames
Heard = tuple[list[Seen], int]


class Watch:
    """What somebody watches on several servers.

    Attributes:
        id: to read it by.
        given: what it was started with.
        sources: the run of another server, or nothing for this one -> the ID of the tap there.
        reading: the same -> what is being read from there.
        read_at: when it was read last, by the loop's clock.
    """

    def __init__(self, number: str, given: Mapping[str, object]) -> None:
        self.id = number
        self.given = given
        self.sources: dict[str, str] = {}
        self.reading: dict[str, asyncio.Task[Heard]] = {}
        self.read_at = asyncio.get_running_loop().time()


class Watches:
    """All of them; everything happens on the event loop. Who reads one may ask any server."""

    def __init__(self, taps: Taps, bus: Bus, neighbours: Neighbours) -> None:
        self._taps = taps
        self._bus = bus
        self._neighbours = neighbours
        self._watches: dict[str, Watch] = {}

    async def start(self, channel: int | None, connection: str, size: int, run_id: str = "") -> str:
        """Watches a channel on all servers, or a connection to the server of a run; returns the ID to read it by.

        Raises:
            TooManyRequests: there are as many as there may be.
            HTTPError: the other server refuses, or does not answer.
        """
        self._forget_idle()
        if len(self._watches) >= MOST:
            raise TooManyRequests(f"There are {MOST} taps already; stop one of them")
        given = {"pub_client_id": connection, "size": size} if connection else {"id": channel, "size": size}
        peer = self._bus.peer(run_id) if run_id else None
        if run_id and peer is None:
            raise NotFound(f"There is no WebSocket connection with ID {connection}")
        watch = Watch("", given)
        if peer is None:
            tap = self._taps.start(channel, connection, size)
            watch.sources[""] = tap.id
            watch.id = f"{self._bus.run_id}.{tap.id}"
        else:
            await self._begin(watch, peer)
            watch.id = f"{self._bus.run_id}.{watch.sources[peer.id]}"
        self._watches[watch.id] = watch
        if not connection:
            await self._follow(watch)
        return watch.id

    async def read(self, number: str, seconds: float) -> Heard:
        """What was heard since it was read last; waits so many seconds for something.

        Raises:
            NotFound: there is no such watch, or nobody has read it for too long.
        """
        watch = self._watches.get(number)
        if watch is None:
            return await self._read_there(number, seconds)
        loop = asyncio.get_running_loop()
        until = watch.read_at = loop.time() + seconds
        if "pub_client_id" not in watch.given:
            await self._follow(watch)
        frames, dropped = await self._collect(watch, seconds, until)
        if not watch.sources:
            self._watches.pop(number, None)
            if not frames:
                raise _missing(number)
        return sorted(frames), dropped

    async def stop(self, number: str) -> None:
        """Watches no longer.

        Raises:
            NotFound: there is no such watch.
        """
        watch = self._watches.pop(number, None)
        if watch is None:
            await self._neighbours.ask(self._owner(number), f"{_PREFIX}stop-tap", {"tap_id": number})
            return
        for task in watch.reading.values():
            task.cancel()
        for run_id, tap in watch.sources.items():
            peer = self._bus.peer(run_id)
            with suppress(HTTPError):
                if not run_id:
                    self._taps.stop(tap)
                elif peer is not None:
                    await self._neighbours.ask(peer, f"{_PREFIX}stop-tap", {"tap_id": tap, "here_only": True})

    def close(self) -> None:
        """Nothing is read any more."""
        for watch in self._watches.values():
            for task in watch.reading.values():
                task.cancel()

    async def _collect(self, watch: Watch, seconds: float, until: float) -> Heard:
        frames: list[Seen] = []
        dropped, loop = 0, asyncio.get_running_loop()
        while watch.sources:
            left = max(0.0, until - loop.time())
            for run_id in watch.sources:
                if run_id not in watch.reading:
                    watch.reading[run_id] = asyncio.create_task(self._read_one(watch, run_id, left))
            when = asyncio.FIRST_COMPLETED if seconds else asyncio.ALL_COMPLETED
            await asyncio.wait(watch.reading.values(), timeout=left if seconds else None, return_when=when)
            for run_id, task in list(watch.reading.items()):
                if task.done():
                    del watch.reading[run_id]
                    more, lost = task.result()
                    frames, dropped = frames + more, dropped + lost
            if frames or loop.time() >= until:
                break
        return frames, dropped

    async def _read_one(self, watch: Watch, run_id: str, seconds: float) -> Heard:
        tap, peer = watch.sources[run_id], self._bus.peer(run_id)
        try:
            if not run_id:
                return await self._taps.read(tap, seconds)
            if peer is None:
                raise NotFound(f"Server {run_id} has ended")
            payload = {"tap_id": tap, "timeout": min(seconds, _AT_ONCE), "here_only": True}
            answer = await self._neighbours.ask(peer, f"{_PREFIX}read-tap", payload, _AT_ONCE)
        except HTTPError as error:
            logger.info("A tap is not read any longer: %s", error)
            watch.sources.pop(run_id, None)
            return [], 0
        return _heard(answer)

    async def _follow(self, watch: Watch) -> None:
        """Watches on all servers that there are by now."""
        for peer in self._bus.peers():
            if peer.id not in watch.sources:
                try:
                    await self._begin(watch, peer)
                except HTTPError as error:
                    logger.info("Server `%s` is not watched: %s", peer.server, error)

    async def _begin(self, watch: Watch, peer: Run) -> None:
        answer = await self._neighbours.ask(peer, f"{_PREFIX}start-tap", {**watch.given, "here_only": True})
        watch.sources[peer.id] = str(answer["tap_id"])

    async def _read_there(self, number: str, seconds: float) -> Heard:
        payload = {"tap_id": number, "timeout": seconds}
        return _heard(await self._neighbours.ask(self._owner(number), f"{_PREFIX}read-tap", payload, seconds))

    def _owner(self, number: str) -> Run:
        """The other server where a watch was started."""
        peer = self._bus.peer(number.partition(".")[0])
        if peer is None:
            raise _missing(number)
        return peer

    def _forget_idle(self) -> None:
        """Those that nobody reads; their taps go by themselves."""
        now = asyncio.get_running_loop().time()
        self._watches = {number: watch for number, watch in self._watches.items() if watch.read_at + IDLE > now}


def _heard(answer: Mapping[str, Any]) -> Heard:
    frames = [Seen(**{**frame, "time": datetime.fromisoformat(frame["time"])}) for frame in answer["frames"]]
    return frames, int(answer["dropped"])


def _missing(number: str) -> NotFound:
    return NotFound(f"There is no tap with ID {number}; one that is not read for {IDLE:g} s is gone")


WATCHES: Key[Watches] = Key("watches")
