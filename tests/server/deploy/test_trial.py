from pathlib import Path

from apitest_server.deploy.trial import dependants, in_order
from apitest_server.deploy.user_file import UserFile, parse


def files(directory: Path, **imports: str) -> dict[str, UserFile]:
    """Files of services: a stem, and the stem of the file that it imports, if any."""
    found = {}
    for stem, other in imports.items():
        path = directory / f"{stem}.py"
        path.write_text(f"from .{other} import x\n" if other else "x = 1\n")
        found[stem] = parse(path, path.read_bytes())
    return found


def test_dependants_are_found_through_others(tmp_path: Path) -> None:
    """A file depends on what its imports import, and not on itself, even in a circle."""
    chain = files(tmp_path, a="", b="a", c="b", d="")
    assert dependants({"a"}, chain) == {"b", "c"}
    assert dependants({"d"}, chain) == set()
    circle = files(tmp_path, a="b", b="a")
    assert dependants({"a"}, circle) == {"b"}


def test_files_come_before_those_that_need_them(tmp_path: Path) -> None:
    """Others by name."""
    chain = files(tmp_path, z="", b="z", a="b", c="")
    assert in_order(set(chain), chain) == ["z", "b", "a", "c"]
