"""File transfer channels of the ODB, in the running server."""

from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

from apitest_server.components import Key
from apitest_server.errors import ServiceUnavailable
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.messaging.objects import Channels
from apitest_server.odb import StoredObject
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


class Transfers(Channels[FileChannel]):
    """The channels of a server, from its start to its end."""

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
        super().__init__(patience)
        self._directory = directory
        self._outgoing = outgoing
        self._owners = owners
        self._pipeline = pipeline
        self._publish = publish
        self._executor: ThreadPoolExecutor | None = None

    async def close(self) -> None:
        """The server has ended: services that were called end, too."""
        await super().close()
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

    def channel(self, item: StoredObject) -> FileChannel:
        """What looks where an object says."""
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


TRANSFERS: Key[Transfers] = Key("transfers")
