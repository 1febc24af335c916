"""Commands for an SFTP server as people type them into OpenSSH's ``sftp``: one a line, until one fails."""

import shlex
import stat
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from posixpath import basename
from typing import TYPE_CHECKING, NamedTuple

from apitest_server.errors import BadRequest, HTTPError

if TYPE_CHECKING:
    import paramiko

    from apitest_server.outgoing.sftp_session import Session


class Output(NamedTuple):
    """What commands came to.

    Attributes:
        is_ok: whether all of them did what they say.
        stdout: what they have shown.
        stderr: why one was refused; nothing after it was done, unless it began with a hyphen.
    """

    is_ok: bool
    stdout: str
    stderr: str


def run(session: "Session", commands: str, directory: Path) -> Output:
    """Runs commands in a session that begins in the directory that the server has for it.

    Args:
        session: with the server.
        commands: one a line; a hyphen in front of one says that the next one is run even if it fails.
        directory: where relative paths of this machine begin.
    """
    files, shown, errors = session.files, list[str](), list[str]()
    files.chdir(None)
    try:
        for line in commands.splitlines():
            text = line.strip()
            try:
                shown += _run(session, text.removeprefix("-"), directory)
            except HTTPError as error:
                errors.append(error.details)
                if not text.startswith("-"):
                    return Output(False, "\n".join(shown), "\n".join(errors))
    finally:
        files.chdir(None)
    return Output(True, "\n".join(shown), "\n".join(errors))


def _run(session: "Session", text: str, directory: Path) -> list[str]:
    try:
        name, *given = shlex.split(text, comments=True) or [""]
    except ValueError as error:
        raise BadRequest(f"`{text}` cannot be read: {error}") from None
    if not name:
        return []
    if name not in _COMMANDS:
        raise BadRequest(f"There is no command `{name}`; there is {', '.join(sorted(_COMMANDS))}")
    command, fewest, most, usage = _COMMANDS[name]
    options = [part for part in given if part.startswith("-")]
    given = [part for part in given if part not in options]
    if not fewest <= len(given) <= most:
        raise BadRequest(f"`{name}` is used as: {usage}")
    with session.asked(f"for `{text}`"):
        return command(session.files, given, options, directory)


_Command = Callable[["paramiko.SFTPClient", list[str], list[str], Path], list[str]]


def _list(files: "paramiko.SFTPClient", given: list[str], options: list[str], directory: Path) -> list[str]:
    rows = sorted(files.listdir_attr(given[0] if given else "."), key=lambda row: str(row.filename))
    if not any("l" in option for option in options):
        return [row.filename for row in rows]
    return [_row(row) for row in rows]


def _row(row: "paramiko.SFTPAttributes") -> str:
    when = datetime.fromtimestamp(row.st_mtime or 0, UTC)
    mode = stat.filemode(row.st_mode or 0)
    return (
        f"{mode} {row.st_uid or 0:>6} {row.st_gid or 0:>6} {row.st_size or 0:>10} {when:%Y-%m-%d %H:%M} {row.filename}"
    )


def _get(files: "paramiko.SFTPClient", given: list[str], options: list[str], directory: Path) -> list[str]:
    files.get(given[0], str(directory / (given[1:] or [basename(given[0])])[0]))
    return []


def _put(files: "paramiko.SFTPClient", given: list[str], options: list[str], directory: Path) -> list[str]:
    local = directory / given[0]
    if not local.is_file():
        raise BadRequest(f"This machine has no file {local}")
    files.put(str(local), (given[1:] or [local.name])[0])
    return []


def _chmod(files: "paramiko.SFTPClient", given: list[str], options: list[str], directory: Path) -> list[str]:
    files.chmod(given[1], _number(given[0], 8))
    return []


def _chown(files: "paramiko.SFTPClient", given: list[str], options: list[str], directory: Path) -> list[str]:
    files.chown(given[1], _number(given[0]), files.stat(given[1]).st_gid)
    return []


def _chgrp(files: "paramiko.SFTPClient", given: list[str], options: list[str], directory: Path) -> list[str]:
    files.chown(given[1], files.stat(given[1]).st_uid, _number(given[0]))
    return []


def _number(text: str, base: int = 10) -> int:
    try:
        return int(text, base)
    except ValueError:
        raise BadRequest(f"`{text}` is not a number to the base {base}") from None


def _done(act: Callable[["paramiko.SFTPClient", list[str]], object]) -> _Command:
    """A command that shows nothing."""

    def command(files: "paramiko.SFTPClient", given: list[str], options: list[str], directory: Path) -> list[str]:
        act(files, given)
        return []

    return command


_COMMANDS: Mapping[str, tuple[_Command, int, int, str]] = {
    "cd": (_done(lambda files, given: files.chdir(given[0] if given else None)), 0, 1, "cd [path]"),
    "chgrp": (_chgrp, 2, 2, "chgrp GROUP-ID path"),
    "chmod": (_chmod, 2, 2, "chmod MODE path, such as chmod 640 a.txt"),
    "chown": (_chown, 2, 2, "chown USER-ID path"),
    "get": (_get, 1, 2, "get remote-path [local-path]"),
    "ln": (_done(lambda files, given: files.symlink(*given)), 2, 2, "ln -s old-path new-path"),
    "ls": (_list, 0, 1, "ls [-l] [path]"),
    "mkdir": (_done(lambda files, given: files.mkdir(*given)), 1, 1, "mkdir path"),
    "put": (_put, 1, 2, "put local-path [remote-path]"),
    "pwd": (lambda files, given, options, directory: [files.normalize(".")], 0, 0, "pwd"),
    "rename": (_done(lambda files, given: files.rename(*given)), 2, 2, "rename old-path new-path"),
    "rm": (_done(lambda files, given: files.remove(*given)), 1, 1, "rm path"),
    "rmdir": (_done(lambda files, given: files.rmdir(*given)), 1, 1, "rmdir path"),
    "symlink": (_done(lambda files, given: files.symlink(*given)), 2, 2, "symlink old-path new-path"),
}
