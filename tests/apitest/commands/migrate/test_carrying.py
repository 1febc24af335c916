"""apitest.commands.migrate.carrying: requests carry over as they did."""

from pathlib import Path

import pytest

from apitest import project as projects
from apitest.commands.migrate.carrying import SETTING, rewritten
from apitest.project import Project

_OLD = "from zato.apitest.util import new_context\n"
_NEW = "from apitest import new_context\n"


def _project(tmp_path: Path, config: str | None, environment: str = _OLD) -> Project:
    features = tmp_path / "features"
    features.mkdir()
    (features / "environment.py").write_text(environment)
    if config is not None:
        (features / "config.ini").write_bytes(config.encode())
    return projects.find(tmp_path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, f"[apitest]\n{SETTING}\n"),
        ("", f"[apitest]\n{SETTING}\n"),
        ("[user]\na=1\n", f"[user]\na=1\n\n[apitest]\n{SETTING}\n"),
        ("[user]\r\na=1", f"[user]\r\na=1\r\n\r\n[apitest]\r\n{SETTING}\r\n"),
        ("[apitest]\nstrict=True\n[user]\n", f"[apitest]\n{SETTING}\nstrict=True\n[user]\n"),
        ("[user]\n[apitest]", f"[user]\n[apitest]\n{SETTING}\n"),
    ],
)
def test_the_setting_is_written(tmp_path: Path, before: str | None, after: str) -> None:
    """It is the only thing that changes, and the project reads it."""
    project = _project(tmp_path, before)
    assert rewritten(project, _NEW) == (before or "", after)
    project.config_path.write_bytes(after.encode())
    (project.features / "environment.py").write_text(_NEW)
    migrated = projects.find(tmp_path)
    assert migrated.carries_over and not migrated.is_old


@pytest.mark.parametrize(
    ("config", "was", "becomes"),
    [
        ("[apitest]\nrequests = fresh\n", _OLD, _NEW),
        ("[user]\n", _OLD, _OLD),
        ("[user]\n", _NEW, _NEW),
    ],
)
def test_nothing_changes(tmp_path: Path, config: str, was: str, becomes: str) -> None:
    """Where config.ini says how long requests last, and where environment.py says what it said."""
    assert rewritten(_project(tmp_path, config, was), becomes) == (config, config)
