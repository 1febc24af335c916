"""Tests of apitest_server.logs.backwards."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.logs import backwards
from apitest_server.logs.backwards import entries

_LINES = st.lists(st.sampled_from([b"time=1 NEEDLE", b"time=2 other", b"    NEEDLE indented", b"    deep", b""]))


def all_of(*paths: Path) -> list[bytes | None]:
    return list(entries(paths, b"NEEDLE", lambda: False))


def expected(content: bytes) -> list[bytes]:
    """The same, by reading forward."""
    found: list[bytes] = []
    for line in content.split(b"\n"):
        if found and line.startswith((b" ", b"\t")):
            found[-1] += b"\n" + line
        else:
            found.append(line)
    return [entry for entry in reversed(found) if b"NEEDLE" in entry]


@given(_LINES, st.integers(1, 40), st.booleans())
def test_it_finds_what_reading_forward_finds(lines: list[bytes], block: int, ends: bool) -> None:
    """Whatever the size of blocks, and whether the last line is finished."""
    import tempfile

    content = b"\n".join(lines) + (b"\n" if ends and lines else b"")
    with tempfile.TemporaryDirectory() as directory, pytest.MonkeyPatch.context() as patch:
        patch.setattr(backwards, "BLOCK", block)
        path = Path(directory) / "log"
        path.write_bytes(content)
        assert all_of(path) == expected(content.removesuffix(b"\n") if ends else content)


def test_rotated_files_follow(tmp_path: Path) -> None:
    """In the order that they are given in; one that is gone, or was seen already, is passed over."""
    first, second, gone = tmp_path / "log", tmp_path / "log.1", tmp_path / "log.2"
    first.write_bytes(b"a NEEDLE\nb NEEDLE\n")
    second.write_bytes(b"c NEEDLE\n")
    assert all_of(first, gone, first, second) == [b"b NEEDLE", b"a NEEDLE", b"c NEEDLE"]
    assert all_of(first / "x") == []


def test_it_ends_when_it_has_to(tmp_path: Path) -> None:
    """And says that there may be more."""
    path = tmp_path / "log"
    path.write_bytes(b"a NEEDLE\n")
    assert list(entries([path, path], b"NEEDLE", lambda: True)) == [None]


def test_an_endless_line_is_cut(tmp_path: Path) -> None:
    """On both sides of what was looked for."""
    path = tmp_path / "log"
    path.write_bytes(b"x" * 200_000 + b"NEEDLE" + b"y" * 200_000)
    (found,) = all_of(path)
    assert found is not None
    assert len(found) == 2 * backwards.LONGEST
