from pathlib import Path

import pytest

from apitest.commands.migrate.imports import rewritten

_STEP = "\n@given('a \"{b}\"')\n@obtain_values\ndef step(ctx, b): pass\n"


def _rewrite(tmp_path: Path, text: str) -> tuple[str, list[str]]:
    path = tmp_path / "steps.py"
    path.write_bytes(text.encode())
    before, after, left = rewritten(path)
    assert before == text
    return after, [f"{line.line} {line.reason}" for line in left]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from zato.apitest.util import obtain_values  # noqa", "from apitest import obtain_values  # noqa"),
        ("from zato.apitest.steps.json import set_pointer as sp\r", "from apitest import set_pointer as sp\r"),
        (
            "from zato.apitest.util import (\n    now,\n    utcnow,\n)",
            "from apitest import (\n    now,\n    utcnow,\n)",
        ),
        ("from zato.apitest.util import now, \\\n    utcnow", "from apitest import now, \\\n    utcnow"),
        ("def f():\n    from  zato.apitest.util  import now", "def f():\n    from apitest import now"),
        ("from zato.apitest import steps as default_steps\nx = 1", "x = 1"),
    ],
)
def test_imports_with_a_counterpart_change(tmp_path: Path, old: str, new: str) -> None:
    """The rest of the line, and of the statement, stays."""
    assert _rewrite(tmp_path, old + _STEP) == (new + _STEP, [])
    assert _rewrite(tmp_path, new + _STEP) == (new + _STEP, [])


@pytest.mark.parametrize(
    "old",
    [
        "from zato.apitest import util",
        "import zato.apitest.util",
        "from zato.apitest.util import context",
        "from zato.apitest.steps.common import given_address",
        "from zato.apitest import steps as s\nprint(s.common)",
        "x = 1; from zato.apitest.util import now",
        "if 0:\n    from zato.apitest import steps",
    ],
)
def test_other_imports_stay(tmp_path: Path, old: str) -> None:
    """They are named and go on working."""
    after, left = _rewrite(tmp_path, old + _STEP)
    assert after == old + _STEP
    assert left[0].endswith("it has no counterpart and goes on working")


def test_a_file_whose_steps_take_raw_text_stays(tmp_path: Path) -> None:
    """Today such steps are given values: the author has to look at them."""
    old = "from zato.apitest.util import now\n@given('a \"{b}\"')\ndef mine(ctx, b): pass\n"
    after, left = _rewrite(tmp_path, old)
    assert after == old
    assert left == ["1 mine would be given values in place of their parameters' text"]


def test_steps_without_parameters_do_not_matter(tmp_path: Path) -> None:
    """There is nothing in them to resolve."""
    old = "from zato.apitest.util import now\n@given('a')\ndef mine(ctx): pass\n"
    assert _rewrite(tmp_path, old) == (old.replace("zato.apitest.util", "apitest"), [])


def test_files_without_old_imports_stay(tmp_path: Path) -> None:
    """Whatever their steps are like."""
    old = "from zato.common import x\n@given('a \"{b}\"')\ndef mine(ctx, b): pass\n"
    assert _rewrite(tmp_path, old) == (old, [])


def test_python_2_is_an_error(tmp_path: Path) -> None:
    """Who calls this decides what to do about it."""
    with pytest.raises(SyntaxError):
        _rewrite(tmp_path, "print 'a'\n")
