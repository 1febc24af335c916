"""Tests of process.background, process.admin_client and the commands that need a running server."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from apitest_server.cli import main
from apitest_server.errors import CallFailed, NotRunning, StartError
from apitest_server.process import background
from apitest_server.process.admin_client import call
from apitest_server.process.create import create
from apitest_server.process.lock import Seat

pytestmark = pytest.mark.live
Run = Callable[..., tuple[int, str, str]]
SERVICE = "from zato.server.service import Service\nclass Answer(Service):\n    def handle(self): return {answer!r}\n"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The directory of a server that runs in the background."""
    path = tmp_path_factory.mktemp("server")
    create(path)
    background.start(path, ["--port", "0"])
    yield path
    background.stop(path, 30)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command: exit status, output, errors."""

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err

    return command


def test_a_server_in_the_background_is_started_and_stopped(tmp_path: Path, run: Run) -> None:
    """The commands tell where it is, and each knows whether it runs."""
    run("create", str(tmp_path))
    status, out, _ = run("status", str(tmp_path))
    assert (status, out) == (3, f"No server is running on {tmp_path}\n")
    status, out, _ = run("start", str(tmp_path), "--port", "0", "--sync-internal")
    address = out.partition("Listening on ")[2].partition("\n")[0]
    assert (status, address[:17]) == (0, "http://127.0.0.1:")
    assert f"Stop it with: apitest server stop {tmp_path}" in out
    status, out, _ = run("status", str(tmp_path))
    assert (status, f"Running on {address}, process " in out) == (0, True)
    status, _, err = run("start", str(tmp_path), "--port", "0")
    assert status == 2
    assert f"is running already\n  where: {address}, process " in err
    status, out, _ = run("stop", str(tmp_path))
    assert (status, f"Stopped {address}" in out) == (0, True)
    assert run("stop", str(tmp_path))[0] == 3
    assert "(from sources, cache written)" in (tmp_path / "server.log").read_text()


def test_a_server_that_does_not_start_says_why(tmp_path: Path, run: Run) -> None:
    """Its own error is the command's."""
    create(tmp_path)
    (tmp_path / "services").rename(tmp_path / "away")
    status, _, err = run("start", str(tmp_path), "--port", "0")
    assert status == 2
    assert err.startswith(f"Error: The directory of services does not exist: {tmp_path / 'services'}\n  where: ")
    assert "  fix: Create it" in err
    assert Seat(tmp_path).taken() is None


def test_the_error_of_a_server_is_taken_over(tmp_path: Path) -> None:
    """Its parts, without the end of the line behind them."""
    for parts in (("Taken",), ("Taken", "here"), ("Taken", "here", "Choose\n  another")):
        error = StartError(*parts)
        assert str(background._failed(f"log\nError: {error}\n", tmp_path)) == str(error)


def test_a_server_that_dies_without_a_word_shows_the_end_of_its_log(tmp_path: Path) -> None:
    """What can be seen of it."""
    assert "The server did not start" in str(background._failed("one\nTraceback\n", tmp_path / "server.log"))
    assert "Traceback" in background._failed("one\nTraceback\n", tmp_path).fix


def test_services_are_listed(directory: Path, run: Run) -> None:
    """All of them, or those with a word in their names."""
    status, out, _ = run("services", "--dir", str(directory))
    assert status == 0
    assert {"hello.hello", "zato.ping"} <= set(out.split())
    assert run("services", "hello", "--dir", str(directory))[1] == "hello.hello\n"


def test_a_service_is_invoked(directory: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the input on the command line, on standard input, or without."""
    where = ("--dir", str(directory))
    assert run("invoke", "hello.hello", '{"name": "Ada"}', *where)[:2] == (0, '{\n  "greeting": "Hello, Ada"\n}\n')
    assert '"Hello, World"' in run("invoke", "hello.hello", *where)[1]
    monkeypatch.setattr(sys, "stdin", (directory / "input").open("w+"))
    sys.stdin.write('{"name": "Eve"}')
    sys.stdin.seek(0)
    assert '"Hello, Eve"' in run("invoke", "hello.hello", "-", *where)[1]
    sys.stdin.close()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["hello.helo"], 1, "No such service: `hello.helo`; did you mean `hello.hello`?"),
        (["hello.hello", "{bad"], 2, "The input is not valid JSON: "),
        (["zato.service.get-by-name", "{}"], 1, "Input field `name` is required"),
    ],
)
def test_an_invocation_that_is_wrong_says_so(
    directory: Path, run: Run, arguments: list[str], status: int, said: str
) -> None:
    """An unknown service, an input that is not valid JSON or has the wrong fields."""
    got, out, err = run("invoke", *arguments, "--dir", str(directory))
    assert (got, out) == (status, "")
    assert said in err
    assert "Traceback" not in err


def test_a_file_is_deployed(directory: Path, run: Run) -> None:
    """It serves when the command returns; a broken one is refused with its line and the old one goes on."""
    where = ("--dir", str(directory))
    file = directory / "my_answer.py"
    file.write_text(SERVICE.format(answer=1))
    status, out, err = run("deploy", str(file), *where)
    assert (status, out, err) == (0, "Deployed my_answer.py: my-answer.answer\n", "")
    assert run("invoke", "my-answer.answer", *where)[1] == "1\n"
    file.write_text("x = (\n")
    status, _, err = run("deploy", str(file), *where)
    assert status == 1
    assert "my_answer.py is not valid Python" in err
    assert "my_answer.py:1" in err
    assert run("invoke", "my-answer.answer", *where)[1] == "1\n"
    file.write_text("x = 1\n")
    assert "no services; one is a class that derives from Service" in run("deploy", str(file), *where)[1]


def test_a_disabled_service_says_so(tmp_path: Path) -> None:
    """Administrators are told which line of server.conf it is."""
    create(tmp_path)
    conf = tmp_path / "server.conf"
    conf.write_text(conf.read_text().replace("ping = True", "ping = False"))
    background.start(tmp_path, ["--port", "0"])
    try:
        with pytest.raises(CallFailed, match=r"Service zato\.ping is disabled: module ping is set to False in"):
            call(tmp_path, "zato.ping")
    finally:
        background.stop(tmp_path, 30)


def test_a_command_for_a_server_that_does_not_run_says_so(tmp_path: Path, run: Run) -> None:
    """And how to start it, or that there is none."""
    status, _, err = run("services", "--dir", str(tmp_path))
    assert status == 3
    assert "No server is running" in err
    assert "apitest server create DIR" in err
    create(tmp_path)
    assert f"Start it with: apitest server start {tmp_path}" in run("invoke", "x", "--dir", str(tmp_path))[2]


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    """Somebody has the seat, and nobody listens."""
    create(tmp_path)
    seat = Seat(tmp_path)
    seat.take()
    seat.tell("http://127.0.0.1:1")
    with pytest.raises(NotRunning, match="does not answer"):
        call(tmp_path, "zato.ping")
    seat.leave()


def test_a_server_that_does_not_stop_in_time_is_told(tmp_path: Path) -> None:
    """With its process and what to do."""
    code = (
        "import signal, sys; from pathlib import Path; from apitest_server.process.lock import Seat\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "seat = Seat(Path(sys.argv[1])); seat.take(); print('ready', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(StartError, match=rf"did not stop within 0\.05 seconds(?s:.*)kill -9 {process.pid}"):
            background.stop(tmp_path, 0.05)
        process.kill()


def test_what_services_print_goes_to_the_log(tmp_path: Path) -> None:
    """Nobody reads the standard output of a server in the background; it is no error to write there."""
    create(tmp_path)
    text = "from zato.server.service import Service\nclass Hello(Service):\n    def handle(self):\n"
    text += "        print('printed ' * 20_000, flush=True)\n        return 'done'\n"
    (tmp_path / "services" / "hello.py").write_text(text)
    address = background.start(tmp_path, ["--port", "0"])
    try:
        with urlopen(f"{address}/hello", timeout=60) as answer:
            assert answer.read() == b"done"
    finally:
        background.stop(tmp_path, 60)
    assert "printed printed" in (tmp_path / "server.log").read_text()
