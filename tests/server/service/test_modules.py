"""Tests of apitest_server.service.modules."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

from apitest_server.service.base import Service
from apitest_server.service.modules import UserPackage, provide_old_names


def test_the_old_import_names_work() -> None:
    """Existing services import Service, the SimpleIO types and the exceptions by their old names."""
    provide_old_names()
    provide_old_names()
    service = import_module("zato.server.service")
    assert service.Service is Service
    assert service.Int("x").parse("1") == 1
    assert import_module("zato.common.exception").BadRequest("x").status == 400


def test_a_file_may_be_called_like_a_module_of_python(tmp_path: Path) -> None:
    """json.py of a services directory hides nothing, and its neighbours import it with a dot."""
    (tmp_path / "json.py").write_text("x = 1\n")
    (tmp_path / "b.py").write_text("import json as real\nfrom .json import x\nloads = real.loads\n")
    package = UserPackage(tmp_path)
    package.install()
    module = import_module(package.module_name(tmp_path / "b.py"))
    assert (module.x, module.loads("2")) == (1, 2)
    with pytest.raises(ModuleNotFoundError):
        import_module(f"{package.name}.missing")
    package.uninstall()
    package.uninstall()
    assert not [name for name in sys.modules if name.startswith(package.name)]


def test_a_file_is_always_compiled_from_its_source(tmp_path: Path) -> None:
    """A file that is replaced within a second by one of the same size is seen, and no byte code is left behind."""
    package = UserPackage(tmp_path)
    package.install()
    for text in ("x = 1\n", "x = 2\n"):
        (tmp_path / "a.py").write_text(text)
        sys.modules.pop(f"{package.name}.a", None)
        assert import_module(f"{package.name}.a").x == int(text[4])
    package.uninstall()
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]
