"""Tests of apitest_server.outgoing.sftp_commands, against OpenSSH."""

from pathlib import Path

import pytest

from apitest_server.outgoing.sftp import SFTPConnection

pytestmark = pytest.mark.files


def test_commands_as_they_are_typed(files: SFTPConnection, tmp_path: Path) -> None:
    """Each does what it does in sftp; the next ones begin where the server begins."""
    (tmp_path / "a b.txt").write_bytes(b"abc")
    found = files.execute(
        """
        # Comments and empty lines are nothing
        mkdir typed
        cd typed
        put "a b.txt" b.txt
        put "a b.txt"
        chmod 600 b.txt
        ln -s b.txt link
        symlink b.txt other
        rename b.txt c.txt
        get c.txt
        get c.txt d.txt
        ls
        ls -l .
        pwd
        """
    )
    assert (found.is_ok, found.stderr) == (True, "")
    lines = found.stdout.split("\n")
    assert lines[:4] == ["a b.txt", "c.txt", "link", "other"]
    assert lines[5].startswith("-rw-------")
    assert lines[5].endswith(" c.txt")
    assert lines[-1].endswith("/files/typed")
    assert [(tmp_path / name).read_bytes() for name in ("c.txt", "d.txt")] == [b"abc", b"abc"]
    owner = files.get_info("typed/c.txt")
    more = f"chown {owner.owner} typed/c.txt\nchgrp {owner.group} typed/c.txt\ncd\nls"
    assert files.execute(more) == (True, "typed", "")
    gone = "cd typed\nrm link\nrm other\nrm c.txt\nrm 'a b.txt'\ncd ..\nrmdir typed\nls"
    assert files.execute(gone) == (True, "", "")


def test_the_first_failure_ends_it(files: SFTPConnection) -> None:
    """Unless a hyphen in front says that it does not matter."""
    none = "`files` refuses for `rm none`: there is no such file or directory"
    assert files.execute("rm none\nmkdir never") == (False, "", none)
    assert not files.exists("never")
    assert files.execute("-rm none\nmkdir made\nrmdir made") == (True, "", none)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("fly", "There is no command `fly`; there is cd, chgrp"),
        ("rename one", "`rename` is used as: rename old-path new-path"),
        ("rm 'a", "`rm 'a` cannot be read: No closing quotation"),
        ("put none", "This machine has no file "),
        ("chmod rw .", "`rw` is not a number to the base 8"),
        ("chown root .", "`root` is not a number to the base 10"),
    ],
)
def test_what_cannot_be_a_command_is_told(files: SFTPConnection, command: str, told: str) -> None:
    """Before the server is asked."""
    found = files.execute(command)
    assert (found.is_ok, found.stderr.startswith(told)) == (False, True), found
