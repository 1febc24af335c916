"""Tests of apitest_server.config.internal."""

from pathlib import Path

from apitest_server.config import internal_modules


def test_the_modules_of_internal_services_are_found(tmp_path: Path) -> None:
    """A directory of files is one module; names with an underscore and other files do not."""
    files = ("__init__.py", "b.py", "_c.py", ".d.py", "notes.txt", "a/__init__.py", "a/e.py", "__pycache__/f.py")
    for name in (*files, "a/g/h.py", "crud/kind.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).touch()
    assert internal_modules(tmp_path) == {"a": ("a.e", "a.g.h"), "b": ("b",)}


def test_those_of_the_product_are_known() -> None:
    """zato.ping is in one of them."""
    assert "ping" in internal_modules()
