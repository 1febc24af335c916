"""Directories of an FTP or SFTP server that files are picked up from, over an outgoing connection that there is."""

from collections.abc import Callable
from typing import Any

from apitest_server.errors import HTTPError, NotFound, ServerError, ServiceTimeout, ServiceUnavailable
from apitest_server.transfer.source import Wanted
from apitest_server.transfer.watch import Stamp

_AWAY = (ServiceUnavailable, ServiceTimeout)


class RemoteSource:
    """What both kinds of connections can do; they differ in how they list."""

    def __init__(self, connection: Callable[[], Any]) -> None:
        """Takes what returns the connection as it is now: it may be changed, or be away, at any time."""
        self._connection = connection

    def seen(self, directory: str, wanted: Wanted) -> dict[str, Stamp]:
        """Raises NotFound where there is no such directory."""
        raise NotImplementedError

    def is_free(self, path: str) -> bool:
        """Nobody can tell from here."""
        return True

    def size(self, path: str) -> int:
        """As the server has it."""
        raise NotImplementedError

    def read(self, path: str) -> bytes:
        """All of it."""
        content = self._used().read(path)
        return content if isinstance(content, bytes) else content.encode()

    def move(self, path: str, to: str) -> bool:
        """Somebody else may have been faster."""
        connection = self._used()
        try:
            connection.move(path, to)
        except _AWAY:
            raise
        except HTTPError:
            if connection.exists(path):
                raise
            return False
        return True

    def delete(self, path: str) -> None:
        """At once."""
        connection = self._used()
        try:
            connection.delete(path)
        except _AWAY:
            raise
        except HTTPError:
            if connection.exists(path):
                raise

    def exists(self, path: str) -> bool:
        """As the server has it."""
        return bool(self._used().exists(path))

    def make(self, directory: str) -> None:
        """Those that it is in have to be there."""
        connection = self._used()
        if not connection.is_directory(directory):
            connection.create_directory(directory)

    def _used(self) -> Any:
        try:
            return self._connection()
        except ServerError as error:
            raise ServiceUnavailable(error.problem) from None


class FTPSource(RemoteSource):
    """FTP tells names alone; the sizes have to be asked for."""

    def seen(self, directory: str, wanted: Wanted) -> dict[str, Stamp]:
        """Sizes: what grows at every look is being written."""
        connection = self._used()
        found: dict[str, Stamp] = {}
        if not connection.is_directory(directory):
            raise NotFound(f"`{connection.name}` has no directory `{directory}`")
        for name in connection.list(directory):
            if wanted(name):
                try:
                    found[name] = (connection.get_size(f"{directory}/{name}"),)
                except _AWAY:
                    raise
                except HTTPError:  # It is a directory, or went away just now
                    continue
        return found

    def size(self, path: str) -> int:
        """As the server has it."""
        return int(self._used().get_size(path))


class SFTPSource(RemoteSource):
    """SFTP tells all."""

    def seen(self, directory: str, wanted: Wanted) -> dict[str, Stamp]:
        """Size and time of change."""
        rows = self._used().list(directory)
        return {row.name: (row.size, row.last_modified) for row in rows if row.is_file and wanted(row.name)}

    def size(self, path: str) -> int:
        """As the server has it."""
        return int(self._used().get_info(path).size)
