"""The hooks that pytest calls."""

import os
from pathlib import Path

import pytest

from apitest.shared import VARIABLE


def test_other_projects_load_nothing(pytester: pytest.Pytester) -> None:
    """A run without scenarios imports nothing of the runner, of behave or of a driver."""
    pytester.makepyfile(
        "import sys\n"
        "def test_nothing_is_loaded():\n"
        "    assert not {'behave', 'requests', 'lxml', 'apitest.pytest_plugin.collecting'} & set(sys.modules)\n"
        "    assert 'apitest.pytest_plugin' in sys.modules\n"
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_workers_share_a_directory(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what runs once, all workers know; it is gone with the run."""
    monkeypatch.delenv(VARIABLE, raising=False)
    pytester.makepyfile(
        "import os, pathlib\n"
        f"def test_one(): pathlib.Path('seen').write_text(os.environ['{VARIABLE}'])\n"
        f"def test_two(): assert pathlib.Path(os.environ['{VARIABLE}']).stat().st_mode & 0o077 == 0\n"
    )
    pytester.runpytest_inprocess().assert_outcomes(passed=2)
    assert not Path((pytester.path / "seen").read_text()).exists()
    assert VARIABLE not in os.environ
