"""Tests of apitest_server.cli and apitest_server.process.create."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from apitest_server.cli import main
from apitest_server.process import health
from tests.apitest.clients.certificates import Authority
from tests.server.asgi import Client


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    out, err = capsys.readouterr()
    return int(caught.value.code or 0), out, err


def test_a_created_server_can_be_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes a server whose first service answers."""
    status, out, _ = run(capsys, "create", str(tmp_path / "one"))
    assert status == 0
    assert f"Created {tmp_path / 'one' / 'server.conf'}" in out
    assert re.search(r"Administrator: admin, password: \S{20,} \(it is not shown again\)", out)
    assert "\nping = True\n" in (tmp_path / "one" / "server.conf").read_text()
    from apitest_server.app import App
    from apitest_server.config import load

    client = Client(App(load(tmp_path / "one")))
    assert client.get("/hello?name=Maria").json() == {"greeting": "Hello, Maria"}
    assert client.post("/hello").json() == {"greeting": "Hello, World"}
    client.close()


def test_files_that_cannot_be_used_are_told_before_the_server_listens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The key of server.conf is not that of another certificate, which the command line names."""
    run(capsys, "create", str(tmp_path / "one"))
    conf = tmp_path / "one" / "server.conf"
    conf.write_text(f"{conf.read_text()}[tls]\ncertificate = a.pem\nkey = a.key\n")
    start = ("start", str(tmp_path / "one"), "--fg", "--port", "0")
    status, out, err = run(capsys, *start)
    assert (status, out) == (2, "")
    assert f"`certificate`: cannot read {tmp_path / 'one' / 'a.pem'}: No such file" in err
    certificate, _ = Authority(tmp_path).issue("other")
    _, _, err = run(capsys, *start, "--certificate", str(certificate))
    assert f"`key`: there is no private key in PEM in {certificate}" in err


def test_a_server_is_not_created_over_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is there stays."""
    run(capsys, "create", str(tmp_path))
    status, _, err = run(capsys, "create", str(tmp_path))
    assert status == 2
    assert "There is a server in" in err


def test_a_directory_that_cannot_be_written_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file is in the way."""
    (tmp_path / "file").write_text("")
    status, _, err = run(capsys, "create", str(tmp_path / "file" / "x"))
    assert status == 2
    assert "Cannot write" in err


def test_a_wrong_configuration_is_reported_before_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All problems are printed and nothing is served."""
    (tmp_path / "server.conf").write_text("[main]\nport = high\nhots = x\n")
    status, _, err = run(capsys, "start", str(tmp_path), "--fg")
    assert status == 2
    assert "2 problems" in err
    assert "server.conf:2: `port = high` must be a port" in err


def test_help_loads_nothing_heavy() -> None:
    """No server, no loop, no JSON library for --help."""
    code = (
        "import sys; from apitest_server.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'asyncio', 'uvicorn', 'msgspec', 'starlette', 'sqlalchemy', 'lxml'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "create" in done.stdout


def test_the_health_of_a_server_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line for each check, aligned; the exit status says whether all are good."""
    for is_ready, status, head in ((True, 0, "Ready"), (False, 1, "Not ready")):
        checks = {"odb": "ok" if is_ready else "failed", "threads": "ok"}
        found = health.Health("http://127.0.0.1:1", is_ready, checks)
        monkeypatch.setattr(health, "health", lambda directory, seconds, found=found: found)
        exited, out, _ = run(capsys, "health", str(tmp_path), "--wait", "1")
        lines = [f"{head}: http://127.0.0.1:1", f"  odb      {checks['odb']}", "  threads  ok"]
        assert (exited, out.splitlines()) == (status, lines)
