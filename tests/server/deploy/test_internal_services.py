"""Tests of apitest_server.deploy.internal_services."""

import logging
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from apitest_server.config import Config
from apitest_server.deploy.internal_services import CACHE, InternalServices
from apitest_server.deploy.store import ServiceStore
from apitest_server.errors import DeploymentError, ServiceDisabled

numbers = count(1)
SERVICE = """\
from apitest_server.service.base import Service

class {cls}(Service):
    name = '{name}'
    def handle(self): ...
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An importable package of three modules, one of them in a package inside; its name is that of its directory."""
    root = tmp_path / f"internal_{next(numbers)}"
    (root / "sub").mkdir(parents=True)
    (root / "__init__.py").touch()
    (root / "sub" / "__init__.py").touch()
    (root / "one.py").write_text(SERVICE.format(cls="One", name="zato.one.get"))
    (root / "two_words.py").write_text(SERVICE.format(cls="Two", name="own.name"))
    (root / "sub" / "three.py").write_text(SERVICE.format(cls="Three", name="zato.sub.three.get"))
    (root / "_not_one.py").write_text("raise RuntimeError\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return root


def deploy(package: Path, *disabled: str, sync: bool = False) -> ServiceStore:
    store = ServiceStore()
    config = Config(package.parent, deploy_internal=dict.fromkeys(disabled, False))
    InternalServices(config, package.name).deploy(store, sync)
    return store


ALL = ["own.name", "zato.one.get", "zato.sub.three.get"]


def test_the_first_start_writes_the_cache_that_the_next_one_uses(
    package: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log tells how many, how long and from where; what can be called is the same."""
    caplog.set_level(logging.INFO)
    assert deploy(package).names() == ALL
    assert deploy(package).names() == ALL
    assert deploy(package, sync=True).names() == ALL
    lines = [line for line in caplog.messages if line.startswith("Deployed 3 internal services in 0.")]
    assert [line.partition(" s ")[2] for line in lines] == [
        "(from sources, cache written)",
        "(from cache)",
        "(from sources, cache written)",
    ]


def test_a_service_from_the_cache_can_be_called(package: Path) -> None:
    """Its module is imported then."""
    deploy(package)
    assert deploy(package).get("own.name").cls.__name__ == "Two"


def test_a_changed_section_is_noticed(package: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A module that was switched off is gone at the next start, and back again at the one after."""
    caplog.set_level(logging.INFO)
    deploy(package)
    assert deploy(package, "one").names() == ["own.name", "zato.sub.three.get"]
    assert "Rebuilding the start-up cache: the section [deploy_internal] has changed" in caplog.text
    assert "Disabled in [deploy_internal]: one" in caplog.messages
    assert deploy(package).names() == ALL


@pytest.mark.parametrize("from_cache", [False, True])
def test_a_disabled_service_says_so(package: Path, from_cache: bool) -> None:
    """By what its class says, and by the module's name where nothing can be known without importing it."""
    disabled = ("one", "sub", "two_words")
    store = deploy(package, *disabled)
    store = deploy(package, *disabled) if from_cache else store
    for name, module in [
        ("zato.one.get", "one"),
        ("zato.one.made.by.a.mechanism", "one"),
        ("zato.sub.three.get", "sub"),
        ("zato.two-words.create", "two_words"),
        ("own.name", "two_words"),
    ]:
        with pytest.raises(ServiceDisabled) as caught:
            store.get(name)
        expected = f"Service {name} is disabled: module {module} is set to False in [deploy_internal] of server.conf"
        assert str(caught.value) == expected
        assert (caught.value.status, caught.value.details) == (404, "No such service")


def test_a_disabled_module_is_not_imported(package: Path) -> None:
    """It may be disabled because it cannot be."""
    (package / "one.py").write_text("import no_such_driver\n")
    with pytest.raises(DeploymentError, match=r"no_such_driver(?s:.*)one\.py:1(?s:.*)set `one = False`"):
        deploy(package)
    assert deploy(package, "one").names() == ["own.name", "zato.sub.three.get"]


def test_an_upgrade_is_noticed(package: Path, caplog: pytest.LogCaptureFixture) -> None:
    """New services are there at once."""
    caplog.set_level(logging.INFO)
    deploy(package)
    (package / "new.py").write_text(SERVICE.format(cls="New", name="zato.new.get"))
    assert "zato.new.get" in deploy(package).names()
    assert "Rebuilding the start-up cache: the server's sources have changed" in caplog.text


def test_a_directory_that_cannot_be_written_does_not_keep_the_server_from_starting(
    package: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says that there is no cache, and why."""
    caplog.set_level(logging.INFO)
    (package.parent / CACHE.parent).touch()
    assert deploy(package).names() == ALL
    assert "cache not written: " in caplog.text


def test_there_has_to_be_such_a_package(tmp_path: Path) -> None:
    """A wrong name is an error."""
    with pytest.raises(DeploymentError, match="no package `no_such_package`"):
        InternalServices(Config(tmp_path), "no_such_package")


def test_a_warm_start_imports_no_service_module(tmp_path: Path) -> None:
    """A whole server, in a fresh process, knows all its internal services and has imported none of their modules."""
    (tmp_path / "services").mkdir()
    (tmp_path / "server.conf").touch()
    code = (
        "import asyncio, sys\n"
        "from apitest_server.app import App\n"
        "from apitest_server.config import load\n"
        "app = App(load(sys.argv[1]))\n"
        "async def life():\n"
        "    await app.startup()\n"
        "    await app.shutdown()\n"
        "asyncio.run(life())\n"
        "modules = sorted(name for name in sys.modules if name.startswith('apitest_server.internal.'))\n"
        "print(len(app.store.names()), modules)\n"
    )
    said = []
    for _ in range(2):
        command = [sys.executable, "-c", code, str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        said.append(done.stdout.strip().partition(" "))
    assert said[0][0] == said[1][0] != "0"
    assert "apitest_server.internal.ping" in said[0][2]
    assert said[1][2] == "[]"
