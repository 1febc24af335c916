"""Tests of apitest_server.deploy.hot_deploy and apitest_server.deploy.trial."""

import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from apitest_server.deploy.hot_deploy import HotDeployment
from apitest_server.deploy.store import Deployed, ServiceStore
from apitest_server.errors import DeploymentError, NoSuchService
from apitest_server.service.old_names import provide_old_names

TEXT = "from zato.server.service import Service\nclass {cls}(Service):\n    def handle(self): return {answer!r}\n"
BASE = "from zato.server.service import Service\nclass Base(Service):\n    answer = {answer!r}\n"
DERIVED = "from .base import Base\nclass {cls}(Base):\n    def handle(self): return self.answer\n"


class Server:
    """A directory of user services, deployed; ``look`` is two looks at it: one to notice, one to be sure."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.store = ServiceStore()
        self.store.deploy([Deployed("zato.ping", "apitest_server.internal.ping:Ping", "ping.py", True)])
        self.now = 0.0
        self.hot = HotDeployment(directory, self.store, keep=10, clock=lambda: self.now)

    def write(self, **texts: str) -> None:
        for stem, text in texts.items():
            (self.directory / f"{stem}.py").write_text(text)

    def look(self, **texts: str) -> None:
        self.write(**texts)
        self.hot.scan()
        self.hot.scan()

    def call(self, name: str) -> Any:
        return self.store.get(name).cls().handle()

    def error(self, stem: str) -> str:
        return next(status.error for status in self.hot.status() if status.file.stem == stem)

    @property
    def names(self) -> list[str]:
        return [name for name in self.store.names() if name != "zato.ping"]


@pytest.fixture
def server(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Server]:
    """A server without any user service."""
    caplog.set_level(logging.INFO)
    provide_old_names()
    one = Server(tmp_path)
    yield one
    one.hot.close()


def test_files_come_change_and_go(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """Services are there, are new, and are gone; the log tells each."""
    server.hot.deploy_all()
    server.look(a=TEXT.format(cls="One", answer=1))
    assert (server.names, server.call("a.one")) == (["a.one"], 1)
    server.look(a=TEXT.format(cls="One", answer=2) + TEXT.format(cls="Two", answer=3))
    assert (server.call("a.one"), server.call("a.two")) == (2, 3)
    (server.directory / "a.py").unlink()
    server.look()
    assert (server.names, server.hot.status()) == ([], [])
    with pytest.raises(NoSuchService):
        server.store.get("a.one")
    assert "s: a.one, a.two" in caplog.text
    assert "a.py is gone" in caplog.text


def test_a_call_that_has_begun_ends_in_the_version_that_it_began_in(server: Server) -> None:
    """Also where it imports something only later."""
    late = TEXT + "    def later(self):\n        from .a import VERSION\n        return VERSION\nVERSION = {answer}\n"
    server.hot.deploy_all()
    server.look(a=late.format(cls="One", answer=1))
    running = server.store.get("a.one").cls()
    server.look(a=late.format(cls="One", answer=2))
    assert (running.handle(), running.later()) == (1, 1)  # type: ignore[attr-defined]
    assert server.call("a.one") == 2


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("x = 1\nclass :\n", r"is not valid Python(?s:.*)a\.py:2"),
        ("x = 1\n\n1 / 0\n", r"ZeroDivisionError(?s:.*)a\.py:3"),
        ("from .nothing import x\n", r"ModuleNotFoundError(?s:.*)a\.py:1"),
        (
            TEXT.format(cls="A", answer=1) + "    name = 'zato.ping'\n",
            r"called `zato\.ping`(?s:.*)ping\.py and .*a\.py",
        ),
        (TEXT.format(cls="A", answer=1) + "    name = 'b.b'\n", r"called `b\.b`(?s:.*)b\.py and .*a\.py"),
        (TEXT.format(cls="A", answer=1) + "    input = (1,)\n", r"SimpleIO declares 1(?s:.*)a\.py"),
    ],
)
def test_a_broken_file_is_refused(server: Server, caplog: pytest.LogCaptureFixture, text: str, error: str) -> None:
    """Its error is in the log and in the status, once; the version before it and other files stay deployed."""
    server.hot.deploy_all()
    server.look(a=TEXT.format(cls="One", answer=1), b=TEXT.format(cls="B", answer=1))
    server.look(a=text, b=TEXT.format(cls="B", answer=2))
    server.hot.scan()
    assert (server.call("a.one"), server.call("b.b")) == (1, 2)
    assert re.search(error, server.error("a")), server.error("a")
    assert caplog.text.count("Refused a.py; the version before it stays deployed") == 1
    status = {status.file.stem: status for status in server.hot.status()}
    assert (status["a"].services, status["b"].error) == (("a.one",), "")
    server.look(a=TEXT.format(cls="One", answer=3))
    assert (server.call("a.one"), server.error("a")) == (3, "")


def test_a_broken_file_that_is_put_back_as_it_was_is_in_order(server: Server) -> None:
    """There is nothing to deploy, and no error any more."""
    server.hot.deploy_all()
    server.look(a=TEXT.format(cls="One", answer=1))
    server.look(a="broken (")
    assert server.error("a")
    server.look(a=TEXT.format(cls="One", answer=1))
    assert (server.call("a.one"), server.error("a")) == (1, "")


def test_a_server_starts_with_a_broken_file(server: Server) -> None:
    """It serves what it can; nothing that need not be is imported."""
    server.write(a=TEXT.format(cls="One", answer=1) + "1 / 0\n", b="broken (", c=TEXT.format(cls="C", answer=3))
    assert server.hot.deploy_all() == 2
    assert (server.names, server.call("c.c")) == (["a.one", "c.c"], 3)
    assert "b.py:1" in server.error("b")
    with pytest.raises(DeploymentError, match=r"ZeroDivisionError(?s:.*)a\.py:4"):
        server.call("a.one")


def test_of_two_files_with_one_service_the_first_is_deployed_at_start(server: Server) -> None:
    """The other one is refused with the names of both."""
    text = TEXT.format(cls="One", answer=1) + "    name = 'one'\n"
    server.write(a=text, b=text, c=TEXT.format(cls="C", answer=1))
    assert server.hot.deploy_all() == 2
    assert (server.error("a"), server.names) == ("", ["c.c", "one"])
    assert "a.py and " in server.error("b")


def test_files_that_import_a_changed_one_are_new_as_well(server: Server) -> None:
    """Directly or through others; what does not depend on it is not touched."""
    server.write(
        base=BASE.format(answer=1),
        one=DERIVED.format(cls="One"),
        two="from .one import One\nclass Two(One): pass\n",
        other="import itertools\n" + TEXT.format(cls="Other", answer=0) + "numbers = itertools.count()\n",
    )
    server.hot.deploy_all()
    assert [server.call(name) for name in ("one.one", "two.two")] == [1, 1]
    other = server.store.get("other.other")
    server.look(base=BASE.format(answer=2))
    assert [server.call(name) for name in ("one.one", "two.two")] == [2, 2]
    assert server.store.get("other.other") is other


def test_a_change_that_breaks_those_that_depend_on_it_is_refused(server: Server) -> None:
    """With the line that fails; everything goes on as before."""
    server.hot.deploy_all()
    server.look(base=BASE.format(answer=1), one=DERIVED.format(cls="One"))
    server.look(base=BASE.format(answer=2).replace("Base", "Renamed"))
    assert "one.py:1" in server.error("base")
    assert (server.error("one"), server.call("one.one")) == ("", 1)
    server.look(
        base=BASE.format(answer=3).replace("Base", "Renamed"), one=DERIVED.format(cls="One").replace("Base", "Renamed")
    )
    assert (server.error("base"), server.call("one.one")) == ("", 3)


def test_a_file_that_needs_another_one_may_come_first(server: Server) -> None:
    """It is tried again when that comes."""
    server.hot.deploy_all()
    server.look(one=DERIVED.format(cls="One"))
    assert "base" in server.error("one")
    server.look(base=BASE.format(answer=1))
    assert (server.call("one.one"), server.error("one")) == (1, "")


def test_a_file_that_others_import_may_go(server: Server) -> None:
    """Those that were imported go on."""
    server.hot.deploy_all()
    server.look(base=TEXT.format(cls="Base", answer=1), one="from .base import Base\nclass One(Base): pass\n")
    (server.directory / "base.py").unlink()
    server.look(other=TEXT.format(cls="Other", answer=2))
    assert (server.names, server.call("one.one"), server.call("other.other")) == (["one.one", "other.other"], 1, 2)


def test_a_file_that_is_only_touched_is_not_deployed_again(server: Server) -> None:
    """Its modules keep their state."""
    server.hot.deploy_all()
    server.look(a=TEXT.format(cls="One", answer=1))
    before = server.store.get("a.one")
    server.look(a=TEXT.format(cls="One", answer=1))
    assert server.store.get("a.one") is before


def test_old_versions_are_forgotten_once_no_call_can_be_in_them(server: Server) -> None:
    """What still lends a module to the newest stays."""
    before = len([name for name in sys.modules if name.startswith("user_services_")])
    server.hot.deploy_all()
    server.look(base=BASE.format(answer=0), one=DERIVED.format(cls="One"))
    for answer in range(20):
        server.look(a=TEXT.format(cls="One", answer=answer))
    server.now = 11
    server.hot.scan()
    modules = len([name for name in sys.modules if name.startswith("user_services_")]) - before
    assert modules <= 6
    assert (server.call("a.one"), server.call("one.one")) == (19, 0)
    server.look(base=BASE.format(answer=1))
    assert server.call("one.one") == 1


def test_deploying_is_serving_and_writing(server: Server) -> None:
    """The file is in the directory and is not deployed again; the services are named."""
    server.hot.deploy_all()
    assert server.hot.deploy("a.py", TEXT.format(cls="One", answer=1)) == ["a.one"]
    assert server.call("a.one") == 1
    before = server.store.get("a.one")
    server.look()
    assert server.store.get("a.one") is before
    assert [path.name for path in server.directory.iterdir()] == ["a.py"]
    assert server.hot.source("a.one") == (server.directory / "a.py").read_bytes()
    assert server.hot.source("zato.ping") is None
    assert server.hot.deploy("a.py", b"x = 1\n") == []
    assert server.names == []


@pytest.mark.parametrize("name", ["../a.py", "a", ".a.py", "a.txt", "a/b.py", "1.py", "", "__init__.pyc", "a b.py"])
def test_a_name_that_is_none_is_refused(server: Server, name: str) -> None:
    """Nothing is written anywhere."""
    with pytest.raises(DeploymentError, match=r"not a valid name for a file .*such as my_service\.py"):
        server.hot.deploy(name, "")
    assert list(server.directory.iterdir()) == []


def test_deploying_what_is_broken_changes_nothing(server: Server) -> None:
    """The error is the caller's; the file that is there stays."""
    server.hot.deploy_all()
    text = TEXT.format(cls="One", answer=1)
    server.hot.deploy("a.py", text)
    for broken in ("x = (", "1 / 0\n", text + "    name = 'zato.ping'\n"):
        with pytest.raises(DeploymentError, match=r"a\.py"):
            server.hot.deploy("a.py", broken)
    assert (server.call("a.one"), (server.directory / "a.py").read_text()) == (1, text)
    assert [path.name for path in server.directory.iterdir()] == ["a.py"]


def test_a_directory_that_cannot_be_written_is_told(server: Server) -> None:
    """And nothing is deployed."""
    server.hot.deploy_all()
    server.directory.rmdir()
    with pytest.raises(DeploymentError, match="cannot be written"):
        server.hot.deploy("a.py", TEXT.format(cls="One", answer=1))
    assert server.names == []
    server.directory.mkdir()


def test_the_directory_is_watched(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look that fails is in the log, and the next one is taken all the same."""
    monkeypatch.setattr("apitest_server.deploy.hot_deploy.INTERVAL", 0.001)
    looked, again = Event(), Event()

    def scan() -> None:
        if looked.is_set():
            again.set()
        looked.set()
        raise RuntimeError

    monkeypatch.setattr(server.hot, "scan", scan)
    server.hot.start()
    assert again.wait(60)


@pytest.mark.parametrize("raised", ["sys.exit(3)", "raise KeyboardInterrupt", "raise GeneratorExit", "1 / 0"])
@pytest.mark.parametrize("derived", [False, True])
def test_a_file_that_raises_is_refused_with_its_name(server: Server, raised: str, derived: bool) -> None:
    """Whatever it is: deployment goes on, at the start, too, where a file has to be imported to be known."""
    text = f"import sys\n{DERIVED.format(cls='A')}{raised}\n"
    server.write(base=BASE.format(answer=1))
    server.hot.deploy_all()
    server.look(bad=text if derived else f"import sys\n{TEXT.format(cls='A', answer=1)}{raised}\n")
    server.look(good=TEXT.format(cls="A", answer=2))
    assert server.names == ["good.a"]
    assert server.error("bad").startswith("Module `bad.py` cannot be imported: ")
    again = Server(server.directory)
    assert again.hot.deploy_all() == (1 if derived else 2)
    assert again.names == (["good.a"] if derived else ["bad.a", "good.a"])
    if not derived:
        with pytest.raises(DeploymentError, match=r"bad` cannot be imported: "):
            again.call("bad.a")
    again.hot.close()


def test_a_file_that_hangs_while_it_is_imported_is_refused(server: Server) -> None:
    """It is tried once, not again with each file that comes after it, until it changes itself."""
    server.hot._seconds = 0.1
    tries = "import time\nwith open(__file__ + '.tried', 'a') as file:\n    file.write('x')\n"
    server.look(bad=tries + "while True:\n    time.sleep(0.01)\n")
    assert server.error("bad") == f"bad.py was not imported within 0.1 seconds\n  where: {server.directory}/bad.py:5"
    server.look(good=TEXT.format(cls="A", answer=2))
    server.look(good=TEXT.format(cls="A", answer=3))
    assert server.call("good.a") == 3
    assert (server.directory / "bad.py.tried").read_text() == "x"
    server.look(bad=TEXT.format(cls="A", answer=4))
    assert (server.call("bad.a"), server.error("bad")) == (4, "")


def test_a_neighbour_that_hangs_keeps_no_server_from_starting(server: Server) -> None:
    """The file that is derived from it is refused; it is told which line was waited for."""
    server.write(base="import time\ntime.sleep(1)\n", bad=DERIVED.format(cls="A"), good=TEXT.format(cls="A", answer=1))
    server.hot._seconds = 0.1
    assert server.hot.deploy_all() == 1
    assert server.error("bad").endswith(f"  where: {server.directory}/base.py:2")


def test_a_file_as_large_as_a_database_is_refused(server: Server) -> None:
    """From the directory and over the API."""
    with pytest.raises(DeploymentError, match=r"large.py is larger than 1024 KB"):
        server.hot.deploy("large.py", b"#" * 2_000_000)
    server.look(large="#" * 2_000_000)
    assert "larger than 1024 KB" in server.error("large")
    server.look(large="x = 1\n")
    assert server.error("large") == ""
