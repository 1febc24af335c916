"""An outgoing FTP connection: files on a server, ``self.out.ftp["CRM"].read("/in/orders.csv")`` in services."""

from collections.abc import Iterator
from contextlib import contextmanager
from ftplib import FTP, FTP_TLS, Error, all_errors, error_perm
from io import BytesIO
from pathlib import Path
from posixpath import basename, dirname
from socket import socket
from ssl import SSLContext, SSLSocket
from typing import cast

from apitest_server.errors import BadRequest, Conflict, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.sessions import Sessions
from apitest_server.outgoing.tls import context
from apitest_server.redaction import without

Names = list[str]  # `list` is a method below
_ERRORS: tuple[type[Exception], ...] = (*all_errors, ValueError)


class _OverTLS(FTP_TLS):
    """Data travel in the TLS session of the control connection, which many servers insist on."""

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket, int | None]:
        """The data connection of a command."""
        plain, size = FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 - what is encrypted is encrypted below
        control = cast(SSLSocket, self.sock)
        return self.context.wrap_socket(plain, server_hostname=self.host, session=control.session), size


class FTPConnection:
    """One definition, ready to be used by any thread; connects when it is first used."""

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of this machine begin.

        Raises:
            BadRequest: its certificates cannot be used.
        """
        self.name = item.name
        self._item = item
        self._directory = directory
        self._tls = context(item.fields, directory) if item.fields.get("use_tls") else None
        title = f"FTP connection `{item.name}`"
        self._sessions = Sessions(title, self._opened, _is_alive, FTP.close, (error_perm, ValueError))

    @property
    def conn(self) -> "FTPConnection":
        """The connection itself, by the name that existing services use."""
        return self

    def read(self, path: str, encoding: str = "") -> bytes | str:
        """The content of a file: bytes, or text where an encoding is given.

        Raises:
            HTTPError: there is no such file, or the server cannot be reached; so it is with all methods below.
        """
        content = BytesIO()
        with self._session(f"to read `{path}`") as session:
            session.retrbinary(f"RETR {path}", content.write)
        return content.getvalue().decode(encoding) if encoding else content.getvalue()

    def write(self, data: bytes | str, path: str, overwrite: bool = False, encoding: str = "utf-8") -> None:
        """Makes a file of bytes or text.

        Raises:
            Conflict: there is one already, and ``overwrite`` does not say that it may go.
        """
        content = data.encode(encoding) if isinstance(data, str) else bytes(data)
        with self._session(f"to write `{path}`") as session:
            if not overwrite and _exists(session, path):
                raise Conflict(f"`{self.name}` has `{path}` already; `overwrite` replaces it")
            session.storbinary(f"STOR {path}", BytesIO(content))

    def append(self, data: bytes | str, path: str, encoding: str = "utf-8") -> None:
        """Adds to the end of a file, which is made where there is none."""
        content = data.encode(encoding) if isinstance(data, str) else bytes(data)
        with self._session(f"to append to `{path}`") as session:
            session.storbinary(f"APPE {path}", BytesIO(content))

    def upload(self, local_path: str | Path, remote_path: str, overwrite: bool = False) -> None:
        """Sends a file of this machine; see ``write``."""
        self.write((self._directory / local_path).read_bytes(), remote_path, overwrite)

    def download(self, remote_path: str, local_path: str | Path) -> None:
        """Makes a file of this machine out of one of the server's."""
        content = self.read(remote_path)
        (self._directory / local_path).write_bytes(content if isinstance(content, bytes) else content.encode())

    def exists(self, path: str) -> bool:
        """Whether there is a file or directory of that path."""
        with self._session(f"to look for `{path}`") as session:
            return _exists(session, path)

    def is_directory(self, path: str) -> bool:
        """Whether it is a directory."""
        with self._session(f"to look at `{path}`") as session:
            return _is_directory(session, path)

    def is_file(self, path: str) -> bool:
        """Whether it is there, and not a directory."""
        with self._session(f"to look at `{path}`") as session:
            return not _is_directory(session, path) and _exists(session, path)

    def get_size(self, path: str) -> int:
        """Of a file, in bytes."""
        with self._session(f"to tell the size of `{path}`") as session:
            return session.size(path) or 0

    def create_directory(self, path: str) -> None:
        """Makes one; there must be none yet."""
        with self._session(f"to make the directory `{path}`") as session:
            session.mkd(path)

    def delete(self, path: str) -> None:
        """Deletes a file."""
        with self._session(f"to delete `{path}`") as session:
            session.delete(path)

    def delete_directory(self, path: str) -> None:
        """Deletes a directory, which must be empty."""
        with self._session(f"to delete the directory `{path}`") as session:
            session.rmd(path)

    def move(self, from_path: str, to_path: str) -> None:
        """Gives a file or directory another path."""
        with self._session(f"to move `{from_path}` to `{to_path}`") as session:
            session.rename(from_path, to_path)

    def list(self, path: str = "") -> Names:
        """The names of what is in a directory, sorted; without one, in that which the server begins in."""
        with self._session(f"to list `{path}`") as session:
            if path and not _is_directory(session, path):
                raise RemoteError(f"`{self.name}` refuses to list `{path}`: it is not a directory")
            return _names(session, path)

    def setcontents(self, path: str, data: bytes | str) -> None:
        """Makes a file, in the place of one that may be there already."""
        self.write(data, path, overwrite=True)

    # Names that existing services use
    rename = move
    getcontents = read
    listdir = list
    makedir = create_directory
    isdir = is_directory
    isfile = is_file
    remove = delete
    removedir = delete_directory
    getsize = get_size

    def ping(self) -> str:
        """Asks the server whether it is there; returns where that is."""
        with self._session("to answer a ping") as session:
            session.voidcmd("NOOP")
        return f"{self._item.fields['host']}:{self._item.fields.get('port', 21)}"

    def close(self) -> None:
        """Ends what is not in use."""
        self._sessions.close()

    @contextmanager
    def _session(self, what: str) -> Iterator[FTP]:
        try:
            with self._sessions.session() as session:
                yield session
        except Error as error:
            raise RemoteError(f"`{self.name}` refuses {what}: {self._said(error)}") from None
        except TimeoutError:
            raise ServiceTimeout(f"`{self.name}` did not answer in time when it was asked {what}") from None
        except (OSError, EOFError) as error:
            raise ServiceUnavailable(f"`{self.name}` was lost when it was asked {what}: {self._said(error)}") from None
        except ValueError:  # A line break
            raise BadRequest(f"`{self.name}` cannot be asked {what}: that is not a path") from None

    def _opened(self) -> FTP:
        fields = self._item.fields
        session = _new(self._tls, fields.get("timeout", 10))
        try:
            session.connect(fields["host"], fields.get("port", 21))
            session.login(fields.get("user", ""), self._item.secret("password"), fields.get("acct", ""))
            if isinstance(session, FTP_TLS):
                session.prot_p()
            session.voidcmd("TYPE I")
        except _ERRORS as error:
            session.close()
            problem = "refuses to log in" if isinstance(error, Error) else "cannot be reached"
            raise ServiceUnavailable(f"`{self.name}` {problem}: {self._said(error)}") from None
        return session

    def _said(self, error: Exception) -> str:
        """In one line; no secret is in it, whatever the server answers."""
        said = str(getattr(error, "strerror", None) or error) or "the connection was closed"
        return without(said.strip().replace("\n", " "), [self._item.secret("password")])


def _new(tls: SSLContext | None, timeout: int) -> FTP:
    return _OverTLS(context=tls, timeout=timeout) if tls else FTP(timeout=timeout)  # noqa: S321 - the definition says so


def _is_alive(session: FTP) -> bool:
    try:
        session.voidcmd("NOOP")
    except all_errors:
        return False
    return True


def _is_directory(session: FTP, path: str) -> bool:
    before = session.pwd()
    try:
        session.cwd(path)
    except error_perm:
        return False
    session.cwd(before)
    return True


def _exists(session: FTP, path: str) -> bool:
    return _is_directory(session, path) or basename(path) in _names(session, dirname(path))


def _names(session: FTP, path: str) -> Names:
    try:
        found = session.nlst(path) if path else session.nlst()
    except error_perm as error:
        if str(error).startswith("550"):  # So some servers say that a directory is empty
            return []
        raise
    return sorted({basename(name.rstrip("/")) for name in found} - {".", ".."})
