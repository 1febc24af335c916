"""What `pip install .` puts on a machine: all that the product needs, and nothing of a working tree besides."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.apitest.command_line import environment
from tests.house.tree import ROOT
from tests.ports import free_port

# Where the files of a folder come from; files of any other kind in the wheel are its own description.
_SOURCES = {"apitest/demo_project/": "demo/", "apitest/": "apitest/", "apitest_server/": "server/apitest_server/"}


def tracked() -> set[str]:
    """The product's files that the repository has."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return {name for name in listed.stdout.splitlines() if name.startswith(("apitest/", "server/apitest_server/"))}


def sources(wheel: Path) -> set[str]:
    """The files of the repository that a wheel was made of."""
    found = set()
    for name in ZipFile(wheel).namelist():
        folder = next((folder for folder in _SOURCES if name.startswith(folder)), None)
        if folder:
            found.add(_SOURCES[folder] + name.removeprefix(folder))
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this tree."""
    place = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--wheel-dir", str(place), str(ROOT)], check=True, timeout=110)
    [made] = place.glob("apitest-*.whl")
    return made


@pytest.mark.live
def test_the_wheel_is_complete(wheel: Path) -> None:
    """It has each module, template, page and migration of the two packages, and the demo's project."""
    found = sources(wheel)
    demo = {name for name in found if name.startswith("demo/")}
    assert found - demo == tracked()
    assert {"demo/server.conf", "demo/features/config.ini", "demo/services/customers.py"} <= demo
    assert not {name for name in demo if "odb" in name or name.endswith((".log", ".pyc"))}


@pytest.mark.live
def test_what_the_wheel_has_works(wheel: Path, tmp_path: Path) -> None:
    """The demo passes with nothing of apitest but what the wheel holds."""
    installed = tmp_path / "installed"
    ZipFile(wheel).extractall(installed)
    settings = environment() | {"PYTHONPATH": os.fspath(installed)}

    def ran(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env=settings, check=False, stdout=subprocess.PIPE, encoding="utf-8", timeout=110
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    used = ran("-c", "import apitest, apitest_server; print(apitest.__file__, apitest_server.__file__)")
    assert used.count(os.fspath(installed)) == 2
    assert "32 scenarios passed" in ran("-m", "apitest", "demo", "project", "--port", str(free_port()))
