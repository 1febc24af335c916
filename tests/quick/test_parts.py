"""Tests of tests.quick.parts."""

from pathlib import Path

from tests.quick.parts import BUDGET, PARTS, ROOT, Ended, of_others, place, summary


def test_each_directory_is_in_one_part() -> None:
    """Whatever has tests of the product is run, and once."""
    for product in ("apitest", "server", "trust"):
        for file in (ROOT / "tests" / product).rglob("test_*.py"):
            parts = [
                name
                for name, paths in PARTS.items()
                if any(file.is_relative_to(ROOT / path) for path in paths)
                and not any(file.is_relative_to(ROOT / path) for path in of_others(name))
            ]
            assert len(parts) == 1, file


def test_the_dearest_tests_are_told() -> None:
    """The dearest first, ten of them, with the sum of all processes."""
    ended = [
        Ended("one", 0, {f"test_{number}": number / 100 for number in range(12)}),
        Ended("two", 0, {"test_dear": 2.5, "test_cheap": 0.001}),
    ]
    lines = summary(ended, 20.04, 11.5).splitlines()
    assert [line.split()[1] for line in lines[2:12]] == [
        "test_dear",
        *(f"test_{number}" for number in range(11, 2, -1)),
    ]
    assert lines[12:] == [f"14 tests in 11.5 s: 20.0 s of a processor, of {BUDGET:.0f}"]


def test_too_much_is_told() -> None:
    """With where to read what belongs into it."""
    assert "CONTRIBUTING.md" in summary([], BUDGET + 1, 30.0).splitlines()[-1]


def test_files_go_where_there_is_room(tmp_path: Path) -> None:
    """Into a directory in memory that is there and large enough, else where files of tests always go."""
    assert place(tmp_path, 1) == tmp_path
    assert place(tmp_path, 1 << 70) is None
    assert place(tmp_path / "missing", 1) is None
