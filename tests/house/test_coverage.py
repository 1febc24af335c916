"""Tests of tests.house.coverage."""

from pathlib import Path

import pytest
from coverage import CoverageData

from tests.house.coverage import PURE, Gap, covered, gaps
from tests.house.tree import Module, modules

SOURCE = "def f(a):\n    if a:\n        return 1\n    return 2\n"
WHOLE = [(-1, 1), (1, -1), (-1, 2), (2, 3), (3, -1), (2, 4), (4, -1)]


def test_modules_that_say_so_and_those_of_pure_rooms_are_held_to_it() -> None:
    """Whether they say so or the room's name does; others are not."""
    held = {module.name for module in covered()}
    assert {module.name for module in PURE if module.tests.exists()} <= held
    assert {"apitest/checks/text.py", "server/apitest_server/pubsub/queue.py"} <= held
    assert not {"apitest/cli.py", "server/apitest_server/app.py"} & held


@pytest.mark.parametrize(
    ("test", "arcs", "lines", "branches"),
    [
        ("tests/apitest/checks/test_y.py::test_f|run", WHOLE, [], []),
        ("tests/apitest/checks/test_y.py::test_f|run", WHOLE[:5], [4], [(2, 4)]),
        ("tests/apitest/checks/test_z.py::test_f|run", WHOLE, [2, 3, 4], []),
        ("tests/apitest/checks/test_yypy::test_f|run", WHOLE, [2, 3, 4], []),
    ],
)
def test_what_counts_is_what_its_own_tests_run(
    tmp_path: Path, test: str, arcs: list[tuple[int, int]], lines: list[int], branches: list[tuple[int, int]]
) -> None:
    """And what its import does; the lines that others run do not count."""
    module = Module(tmp_path / "y.py", Path("apitest/checks/y.py"))
    module.file.write_text(SOURCE)
    data = CoverageData(str(tmp_path / "data"))
    for context, ran in (("", WHOLE[:2]), (test, arcs)):
        data.set_context(context)
        data.add_arcs({str(module.file): ran})
    data.write()
    data.close()
    assert list(gaps([module], tmp_path / "data")) == ([Gap(module, lines, branches)] if lines else [])


def test_a_gap_is_told() -> None:
    """With the lines, the ways from line to line, and the file that has to run them."""
    (module,) = (module for module in modules() if module.name == "apitest/checks/text.py")
    assert str(Gap(module, [5], [(4, 5), (7, -3)])) == (
        "apitest/checks/text.py: tests/apitest/checks/test_text.py"
        " does not run line 5, line 4 to line 5, line 7 to the end"
    )
