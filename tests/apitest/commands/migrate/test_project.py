from pathlib import Path

import pytest

from apitest.commands.migrate import migrate, show
from apitest.errors import ProjectError

_FEATURE = 'Feature: a\n  Scenario: b\n    Given HTTP method "GET"\n    Given nothing of the kind\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "features" / "steps").mkdir(parents=True)
    (tmp_path / "features" / "a.feature").write_text(_FEATURE)
    (tmp_path / "features" / "environment.py").write_text("from zato.apitest.util import new_context\n")
    return tmp_path


def test_a_diff_is_shown_and_nothing_written(project: Path) -> None:
    """Without --write, files stay as they are."""
    told: list[str] = []
    assert show(project, False, told.append) == 0
    assert '-    Given HTTP method "GET"' in told
    assert '+    Given REST method "GET"' in told
    assert "+from apitest import new_context" in told
    assert told[-2] == "features/a.feature:4: left alone, undefined step: nothing of the kind"
    assert told[-1] == "3 files to change; --write writes them; 1 left alone"
    assert (project / "features" / "a.feature").read_text() == _FEATURE


def test_changes_are_written_once(project: Path) -> None:
    """The second time there is nothing to change."""
    told: list[str] = []
    assert show(project, True, told.append) == 0
    assert told[-1] == "3 files changed; 1 left alone"
    assert "REST method" in (project / "features" / "a.feature").read_text()
    assert show(project, True, told.append) == 0
    assert told[-1] == "Nothing to change, 1 left alone"


def test_files_that_cannot_be_read_are_left_alone(project: Path) -> None:
    """Each with its reason; the others change."""
    features = project / "features"
    (features / "bad.feature").write_text("no Gherkin\n")
    (features / "latin.feature").write_bytes(b"Feature: \xe9\n")
    (features / "steps" / "old.py").write_text("print 'a'\n")
    changes, left = migrate(project)
    assert len(changes) == 3
    reasons = {path.name: line.reason for path, line in left}
    assert reasons.keys() == {"a.feature", "bad.feature", "latin.feature", "old.py"}
    assert reasons["old.py"] == "it is not valid Python 3"
    assert "UTF-8" in reasons["latin.feature"]


def test_a_project_in_todays_wording_has_nothing_to_change(project: Path) -> None:
    """It is said in three words."""
    (project / "features" / "a.feature").write_text('Feature: a\n  Scenario: b\n    Given REST method "GET"\n')
    (project / "features" / "environment.py").unlink()
    told: list[str] = []
    show(project, True, told.append)
    assert told == ["Nothing to change"]


def test_one_file_is_one_file(project: Path) -> None:
    """Where only one changes."""
    (project / "features" / "environment.py").unlink()
    told: list[str] = []
    show(project, True, told.append)
    assert told[-1] == "1 file changed; 1 left alone"


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    """As with any other command."""
    with pytest.raises(ProjectError):
        migrate(tmp_path / "nothing")
