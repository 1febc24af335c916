"""Tests of apitest_server.service.discovery."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.errors import DeploymentError
from apitest_server.service.discovery import user_services
from apitest_server.service.modules import UserPackage, provide_old_names

MANY = """\
from zato import server
from zato.server.service import Service
import a_module_that_is_not_there

class Base(Service):
    def handle(self): pass

class Abstract(Service):
    pass

class MyService(Base):
    pass

class Named(server.service.Service):
    name: str = 'its.own.name'
    async def handle_GET(self): pass

class Computed(Service):
    name = 'a' + 'b'
    def handle_POST(self): pass

class Other:
    def handle(self): pass

class Loop(Loop):
    def handle(self): pass
"""


@pytest.fixture
def package(tmp_path: Path) -> Iterator[UserPackage]:
    """An empty directory as a package."""
    provide_old_names()
    package = UserPackage(tmp_path)
    package.install()
    yield package
    package.uninstall()


def write(package: UserPackage, **files: str) -> None:
    for name, text in files.items():
        (package.directory / f"{name}.py").write_text(text, "utf-8")


def test_services_are_found_without_running_the_file(package: UserPackage) -> None:
    """Classes that derive from Service and handle something are services, under their own or a made name."""
    write(package, my_module=MANY)
    assert {found.name: found.place for found in user_services(package)} == {
        "my-module.base": f"{package.name}.my_module:Base",
        "my-module.my-service": f"{package.name}.my_module:MyService",
        "its.own.name": f"{package.name}.my_module:Named",
        "my-module.computed": f"{package.name}.my_module:Computed",
    }


def test_a_file_that_derives_from_another_one_is_imported(package: UserPackage) -> None:
    """Only by running it can it be known whether such a class is a service."""
    base = "from zato.server.service import Service\nclass Root(Service):\n    def handle(self): pass\n"
    write(
        package,
        a_base=base,
        b="from .a_base import Root\nclass One(Root):\n    pass\nclass Two(Root):\n    name='two'\n",
    )
    assert [found.name for found in user_services(package)] == ["a-base.root", "b.one", "two"]


def test_a_syntax_error_names_its_line(package: UserPackage) -> None:
    """A broken file is refused with file and line."""
    write(package, bad="x = 1\nclass :\n")
    with pytest.raises(DeploymentError, match=r"bad.py is no valid Python: (?s:.*)bad.py:2"):
        user_services(package)


def test_a_file_that_is_no_text_is_refused(package: UserPackage) -> None:
    """Null bytes are no Python."""
    (package.directory / "bad.py").write_bytes(b"x = '\0'")
    with pytest.raises(DeploymentError, match=r"bad\.py"):
        user_services(package)


def test_a_file_that_has_to_be_imported_and_fails_names_its_line(package: UserPackage) -> None:
    """What goes wrong inside a module is told with the line that failed."""
    write(package, a="x = 1\n", b="from .a import x as Base\n1 / 0\nclass One(Base): pass\n")
    with pytest.raises(DeploymentError, match=r"ZeroDivisionError(?s:.*)b\.py:2"):
        user_services(package)
