"""Tests of apitest_server.deploy.modules."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from apitest_server.deploy.modules import UserPackage
from apitest_server.deploy.user_file import parse

Make = Callable[..., UserPackage]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Makes an installed package of texts; ``of`` is another one to borrow all other files from."""
    made: list[UserPackage] = []

    def package(of: UserPackage | None = None, **texts: str) -> UserPackage:
        files = {stem: parse(tmp_path / f"{stem}.py", text.encode()) for stem, text in texts.items()}
        owners = {stem: of.module_name(stem) for stem in of.files if stem not in files} if of else {}
        made.append(UserPackage({**(of.files if of else {}), **files}, owners))
        made[-1].install()
        return made[-1]

    yield package
    for one in made:
        one.uninstall()


def test_a_file_may_be_called_like_a_module_of_python(make: Make) -> None:
    """json.py of a services directory hides nothing, and its neighbours import it with a dot."""
    package = make(json="x = 1\n", b="import json as real\nfrom .json import x\nloads = real.loads\n")
    module = package.load("b")
    assert (module.x, module.loads("2")) == (1, 2)
    with pytest.raises(ModuleNotFoundError):
        package.load("missing")


def test_a_package_that_is_uninstalled_is_forgotten(make: Make) -> None:
    """Nothing of it stays in sys.modules; doing it twice harms nobody."""
    package = make(a="x = 1\n")
    package.load("a")
    package.uninstall()
    package.uninstall()
    assert not [name for name in sys.modules if name.startswith(package.name)]
    with pytest.raises(ModuleNotFoundError):
        package.load("a")


def test_others_may_import_while_a_package_is_uninstalled(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes into sys.modules meanwhile stays there; what goes from there by itself is no error."""
    package = make(a="x = 1\n", b="x = 2\n")
    package.load("a")
    package.load("b")
    owns, before = package.owns, set(sys.modules)

    def slowly(name: str) -> bool:
        sys.modules[f"came_with_{name}"] = sys
        is_owned = owns(name)
        if is_owned and name.endswith(".b"):
            del sys.modules[name]
        return is_owned

    monkeypatch.setattr(package, "owns", slowly)
    package.uninstall()
    came = sys.modules.keys() - before
    for name in came:
        del sys.modules[name]
    assert came
    assert not [name for name in sys.modules if name.startswith(package.name)]


def test_the_disk_is_not_asked(make: Make, tmp_path: Path) -> None:
    """A package is the files as they were when they were read; no byte code is left behind."""
    package = make(a="x = 1\n")
    (tmp_path / "a.py").write_text("half a fi")
    module = package.load("a")
    assert (module.x, module.__file__) == (1, str(tmp_path / "a.py"))
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]


def test_what_is_not_new_is_borrowed(make: Make) -> None:
    """A module that was not touched is one and the same in both packages, imported once, whoever comes first."""
    first = make(a="things = []\n", b="from .a import things\nversion = 1\n", c="from .a import things\n")
    old = first.load("b")
    second = make(first, b="from .a import things\nversion = 2\n")
    new = second.load("b")
    assert (old.version, new.version) == (1, 2)
    assert old.things is new.things is second.load("c").things is first.load("c").things
    assert second.module_name("c") == f"{first.name}.c"
    assert second.is_loaded("a")
    assert (first.owns(f"{first.name}.c"), second.owns(f"{first.name}.c")) == (True, False)


def test_a_module_that_is_borrowed_keeps_its_name(make: Make) -> None:
    """Importing it under another name changes nothing in it."""
    first = make(a="")
    second = make(first, b="from . import a\nfrom .a import __name__ as name, __spec__ as spec\n")
    module = second.load("b")
    assert (module.name, module.spec.name) == (f"{first.name}.a",) * 2
    assert module.a is first.load("a")


def test_tracebacks_name_the_file(make: Make, tmp_path: Path) -> None:
    """What fails in a user's file is told with its path and line."""
    with pytest.raises(ZeroDivisionError) as caught:
        make(a="x = 1\n1 / 0\n").load("a")
    last = caught.traceback[-1]
    assert (Path(str(last.path)), last.lineno + 1) == (tmp_path / "a.py", 2)
