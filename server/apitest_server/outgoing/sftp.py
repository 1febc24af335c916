"""An outgoing SFTP connection: files on a server, ``self.out.sftp["CRM"].conn.read("/in/orders.csv")`` in services."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from apitest_server.errors import BadRequest, Conflict, NotFound, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.sessions import Sessions
from apitest_server.outgoing.sftp_commands import Output, run
from apitest_server.service.attrs import Attrs

if TYPE_CHECKING:
    import paramiko

    from apitest_server.outgoing.sftp_session import Session

Rows = list[Attrs]  # `list` is a method below


class SFTPConnection:
    """One definition, ready to be used by any thread; connects when it is first used.

    Every method raises an HTTPError: 404 where there is no such file, 502 where the server refuses it otherwise, 503
    where it is away, 504 where it does not answer in time.
    """

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of this machine begin."""
        self.name = item.name
        self._item = item
        self._directory = directory
        title = f"SFTP connection `{item.name}`"
        self._sessions = Sessions(title, self._opened, lambda one: one.is_alive(), lambda one: one.close())

    @property
    def conn(self) -> "SFTPConnection":
        """The connection itself, by the name that existing services use."""
        return self

    def read(self, path: str, encoding: str = "") -> bytes | str:
        """The content of a file: bytes, or text where an encoding is given."""
        content = BytesIO()
        with self._files(f"to read `{path}`") as files:
            files.getfo(path, content)
        return content.getvalue().decode(encoding) if encoding else content.getvalue()

    def write(self, data: bytes | str, path: str, overwrite: bool = False, encoding: str = "utf-8") -> None:
        """Makes a file of bytes or text.

        Raises:
            Conflict: there is one already, and ``overwrite`` does not say that it may go.
        """
        content = data.encode(encoding) if isinstance(data, str) else bytes(data)
        with self._files(f"to write `{path}`") as files:
            self._may_write(files, path, overwrite)
            files.putfo(BytesIO(content), path)

    def append(self, data: bytes | str, path: str, encoding: str = "utf-8") -> None:
        """Adds to the end of a file, which is made where there is none."""
        content = data.encode(encoding) if isinstance(data, str) else bytes(data)
        with self._files(f"to append to `{path}`") as files, files.open(path, "ab") as file:
            file.write(content)

    def upload(self, local_path: str | Path, remote_path: str, overwrite: bool = False) -> None:
        """Sends a file of this machine; see ``write``."""
        local = self._directory / local_path
        if not local.is_file():
            raise BadRequest(f"This machine has no file {local}")
        with self._files(f"to write `{remote_path}`") as files:
            self._may_write(files, remote_path, overwrite)
            files.put(str(local), remote_path)

    def download(self, remote_path: str, local_path: str | Path) -> None:
        """Makes a file of this machine out of one of the server's."""
        with self._files(f"to read `{remote_path}`") as files:
            files.get(remote_path, str(self._directory / local_path))

    def get_info(self, path: str) -> Attrs:
        """What the server knows of a file or directory; see ``list``."""
        with self._files(f"to look at `{path}`") as files:
            return _row(files.lstat(path), path)

    def exists(self, path: str) -> bool:
        """Whether there is anything of that path."""
        return self._mode(path) != 0

    def is_file(self, path: str) -> bool:
        """Whether it is a file, or leads to one."""
        return stat.S_ISREG(self._mode(path))

    def is_directory(self, path: str) -> bool:
        """Whether it is a directory, or leads to one."""
        return stat.S_ISDIR(self._mode(path))

    def is_symlink(self, path: str) -> bool:
        """Whether it is a symbolic link."""
        with suppress(NotFound), self._files(f"to look at `{path}`") as files:
            return stat.S_ISLNK(files.lstat(path).st_mode or 0)
        return False

    def create_directory(self, path: str) -> None:
        """Makes one; there must be none yet."""
        with self._files(f"to make the directory `{path}`") as files:
            files.mkdir(path)

    def create_symlink(self, from_path: str, to_path: str) -> None:
        """Makes ``to_path`` lead to ``from_path``."""
        with self._files(f"to make the link `{to_path}`") as files:
            files.symlink(from_path, to_path)

    def delete(self, path: str) -> None:
        """Deletes a file or a link."""
        with self._files(f"to delete `{path}`") as files:
            files.remove(path)

    def delete_directory(self, path: str) -> None:
        """Deletes a directory, which must be empty."""
        with self._files(f"to delete the directory `{path}`") as files:
            files.rmdir(path)

    def move(self, from_path: str, to_path: str) -> None:
        """Gives a file or directory another path, which must be free."""
        with self._files(f"to move `{from_path}` to `{to_path}`") as files:
            files.rename(from_path, to_path)

    def chmod(self, mode: int, path: str) -> None:
        """Changes permissions: ``chmod(0o640, path)``."""
        with self._files(f"to change the permissions of `{path}`") as files:
            files.chmod(path, mode)

    def execute(self, commands: str) -> Output:
        """Runs commands as they are typed into ``sftp``, one a line, until one fails."""
        with self._sessions.session() as session:
            return run(session, commands, self._directory)

    def list(self, path: str = ".") -> Rows:
        """What is in a directory, by name.

        Returns:
            Of each its ``name``, ``size``, ``permissions``, ``owner`` and ``group`` as numbers, ``last_modified`` and
            whether it ``is_file``, ``is_directory``, ``is_symlink``.
        """
        with self._files(f"to list `{path}`") as files:
            rows = [_row(row, row.filename) for row in files.listdir_attr(path)]
        return sorted(rows, key=lambda row: str(row.name))

    # Names that existing services use
    rename = move
    remove = delete_file = delete_symlink = delete
    download_file = download
    upload_file = upload

    def ping(self) -> str:
        """Asks the server whether it is there, with the definition's own command; returns where that is."""
        found = self.execute(self._item.fields.get("ping_command", "pwd"))
        if not found.is_ok:
            raise ServiceUnavailable(found.stderr)
        return f"{self._item.fields['host']}:{self._item.fields.get('port', 22)}"

    def close(self) -> None:
        """Ends what is not in use."""
        self._sessions.close()

    @contextmanager
    def _files(self, what: str) -> Iterator["paramiko.SFTPClient"]:
        with self._sessions.session() as session, session.asked(what):
            yield session.files

    def _opened(self) -> "Session":
        try:
            from apitest_server.outgoing.sftp_session import Session
        except ImportError:
            fix = "install it with: pip install apitest[sftp]"
            raise ServiceUnavailable(f"`{self.name}` needs paramiko, which is not installed; {fix}") from None
        return Session(self._item, self._directory)

    def _may_write(self, files: "paramiko.SFTPClient", path: str, overwrite: bool) -> None:
        with suppress(FileNotFoundError):
            if not overwrite and files.lstat(path):
                raise Conflict(f"`{self.name}` has `{path}` already; `overwrite` replaces it")

    def _mode(self, path: str) -> int:
        with suppress(NotFound), self._files(f"to look at `{path}`") as files:
            return files.stat(path).st_mode or 0
        return 0


def _row(found: "paramiko.SFTPAttributes", name: str) -> Attrs:
    mode = found.st_mode or 0
    return Attrs(
        name=name,
        size=found.st_size or 0,
        permissions=stat.filemode(mode),
        owner=found.st_uid,
        group=found.st_gid,
        last_modified=datetime.fromtimestamp(found.st_mtime or 0, UTC).isoformat(),
        is_file=stat.S_ISREG(mode),
        is_directory=stat.S_ISDIR(mode),
        is_symlink=stat.S_ISLNK(mode),
    )
