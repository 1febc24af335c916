"""File transfer channels of the ODB, in the running server."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import Context
from pathlib import Path
from threading import RLock

from apitest_server.components import Key
from apitest_server.errors import ServiceUnavailable
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.outgoing.connections import Outgoing
from apitest_server.transfer.channel import FileChannel, Terms
from apitest_server.transfer.handing import Hands, Publish
from apitest_server.transfer.local import LocalSource
from apitest_server.transfer.names import listed
from apitest_server.transfer.owners import Owners
from apitest_server.transfer.remote import FTPSource, SFTPSource
from apitest_server.transfer.source import Source
from apitest_server.transfer.taking import Taker, Wish

KIND = "channel.file-transfer"
SOURCES = ("local", "ftp", "sftp")
_THREADS = 8  # that wait for disks and for other servers


class Transfers:
    """The channels of a server, from its start to its end.

    Attributes:
        channels: those that are active, by their IDs.
    """

    def __init__(
        self, directory: Path, outgoing: Outgoing, owners: Owners, pipeline: Pipeline, publish: Publish, patience: float
    ) -> None:
        """Takes what channels work with.

        Args:
            directory: where relative paths of this machine begin.
            outgoing: the connections to FTP and SFTP servers.
            owners: who takes files.
            pipeline: calls services.
            publish: publishes to topics.
            patience: seconds that services may take that were called when the server ends.
        """
        self.channels: dict[int, FileChannel] = {}
        self._directory = directory
        self._outgoing = outgoing
        self._owners = owners
        self._pipeline = pipeline
        self._publish = publish
        self._patience = patience
        self._lock = RLock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._executor: ThreadPoolExecutor | None = None
        self._closing: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """The server has started, on this event loop: begins to look."""
        with self._lock:
            self._loop = asyncio.get_running_loop()
            for channel in self.channels.values():
                channel.start()

    async def close(self) -> None:
        """The server has ended: services that were called end, too."""
        with self._lock:
            self._loop = None
            channels = list(self.channels.values())
        await asyncio.gather(*(channel.finish(self._patience) for channel in channels), *self._closing)
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)

    def of(self, number: int) -> FileChannel:
        """An active channel.

        Raises:
            ServiceUnavailable: it is not.
        """
        found = self.channels.get(number)
        if found is None:
            raise ServiceUnavailable("This file transfer channel is not active")
        return found

    def use(self, item: StoredObject) -> None:
        """A channel is new or changed: from now on it is as it says."""
        with self._lock:
            self.leave(item)
            if item.fields.get("is_active", True):
                channel = self.channels[item.id] = self._made(item)
                if self._loop is not None:
                    self._loop.call_soon_threadsafe(self._begin, item.id, channel, context=Context())

    def leave(self, item: StoredObject) -> None:
        """A channel is not used any longer; a service that it has called ends as it would."""
        with self._lock:
            old = self.channels.pop(item.id, None)
            if old is not None and self._loop is not None:
                self._loop.call_soon_threadsafe(self._kept, old.finish(self._patience), context=Context())

    def _begin(self, number: int, channel: FileChannel) -> None:
        if self.channels.get(number) is channel:  # Else it was changed again meanwhile
            channel.start()

    def _kept(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _made(self, item: StoredObject) -> FileChannel:
        get = item.fields.get
        wish = Wish(
            listed(get("file_patterns", "*").replace(",", "\n")) or ("*",),
            get("is_case_sensitive", True),
            get("move_processed_to", ""),
            get("move_failed_to", ""),
            get("should_read_on_pickup", True),
            get("max_file_size", 0),
        )
        source, title = self._source(item)
        terms = Terms(
            item.name,
            title,
            listed(get("pickup_from_list", "")),
            get("interval", 5),
            get("data_encoding", "utf-8"),
            get("parse_with", "") if get("should_parse_on_pickup", True) else "",
        )
        services, topics = listed(get("service_list", "")), listed(get("topic_list", ""))
        hands = Hands(item.name, services, topics, self._pipeline, self._publish)
        return FileChannel(terms, Taker(source, wish, self._owners), hands, self._threads)

    def _source(self, item: StoredObject) -> tuple[Source, str]:
        kind = item.fields.get("source_type", SOURCES[0])
        if kind == "local":
            return LocalSource(self._directory), "this machine"
        number = item.fields.get(f"{kind}_source_id", 0)
        made = FTPSource if kind == "ftp" else SFTPSource
        return made(lambda: getattr(self._outgoing, kind).with_id(number)), f"{kind.upper()} connection {number}"

    def _threads(self) -> Executor:
        if self._executor is None:
            self._executor = ThreadPoolExecutor(_THREADS, "transfer")
        return self._executor


class ChannelObjects(Each):
    """Makes channels effective."""

    def __init__(self, transfers: Transfers) -> None:
        self._transfers = transfers

    def put(self, item: StoredObject) -> None:
        """Looks where it says, from now on."""
        self._transfers.use(item)

    def remove(self, item: StoredObject) -> None:
        """Does not look any longer."""
        self._transfers.leave(item)


TRANSFERS: Key[Transfers] = Key("transfers")
