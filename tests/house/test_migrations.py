"""The migrations of the server's database: of two changes that land, each may have made the next one."""

import re

from tests.house.tree import ROOT

VERSIONS = ROOT / "server" / "apitest_server" / "odb" / "migrations" / "versions"


def test_there_is_one_line_of_them() -> None:
    """Each has the number of its file, follows the one before it, and the last one is what a start expects."""
    numbers, before = [], []
    for path in sorted(VERSIONS.glob("*.py")):
        text = path.read_text("utf-8")
        numbers.append(path.name.partition("_")[0])
        assert f'revision = "{numbers[-1]}"\n' in text, path.name
        before += re.findall(r'^down_revision = (?:"(\d+)"|None)$', text, re.MULTILINE)
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert before == ["", *numbers[:-1]]
    head = (VERSIONS.parents[1] / "start.py").read_text("utf-8")
    assert f'HEAD = "{numbers[-1]}"' in head
