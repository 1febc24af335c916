"""Whole projects of zato-apitest, run as they are in a process of their own."""

import shutil
from pathlib import Path

import pytest

from tests.apitest.compat.conftest import Run

_PROJECTS = Path(__file__).parents[2] / "fixtures" / "old_projects"
_GENERATIONS = sorted(path.name for path in _PROJECTS.iterdir())

# In each project, a check that holds, and the same check so that it does not.
_BROKEN = {
    "v1_1_to_1_3": ('"/action/code" is an integer "0"', '"/action/code" is an integer "1"'),
    "v1_4_to_1_8": ('which pointer "/name" has "Maria"', 'which pointer "/name" has "Jan"'),
    "v1_9_to_1_13": ('"/files/0/filename" is "data.csv"', '"/files/0/filename" is "other.csv"'),
    "v24": ('variable "#rate" is any float', 'variable "#rate" is any integer'),
}


def _copy(generation: str, tmp_path: Path) -> Path:
    project = tmp_path / generation
    shutil.copytree(_PROJECTS / generation, project)
    return project


@pytest.mark.live
@pytest.mark.parametrize("generation", _GENERATIONS)
def test_a_project_runs_unchanged(generation: str, run_project: Run) -> None:
    """Every scenario of it passes."""
    run = run_project(_PROJECTS / generation)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.live
@pytest.mark.parametrize("generation", _GENERATIONS)
def test_a_project_fails_where_a_check_fails(generation: str, run_project: Run, tmp_path: Path) -> None:
    """The exit status is 1, and the failing check is named."""
    project = _copy(generation, tmp_path)
    holds, broken = _BROKEN[generation]
    feature = next(path for path in project.rglob("*.feature"))
    text = feature.read_text("utf-8")
    assert holds in text
    feature.write_text(text.replace(holds, broken), "utf-8")
    run = run_project(project)
    assert run.returncode == 1, run.stdout + run.stderr
    assert broken in run.stdout


@pytest.mark.live
@pytest.mark.parametrize("generation", _GENERATIONS)
def test_a_migrated_project_runs_as_before(generation: str, run_project: Run, tmp_path: Path) -> None:
    """Today's wording means the same; a second migration changes nothing more."""
    from apitest.commands.migrate import migrate, show

    project = _copy(generation, tmp_path)
    assert show(project, True, lambda line: None) == 0
    run = run_project(project)
    assert run.returncode == 0, run.stdout + run.stderr
    assert migrate(project).changes == []


@pytest.mark.live
def test_an_error_of_the_projects_own_is_shown_with_its_line(run_project: Run, tmp_path: Path) -> None:
    """A name that zato-apitest never had is an error of the project, told with what is alike."""
    project = _copy("v24", tmp_path)
    steps = project / "features" / "steps" / "steps.py"
    steps.write_text(steps.read_text("utf-8").replace("import obtain_values", "import obtain_value"), "utf-8")
    run = run_project(project)
    assert run.returncode == 2
    assert "obtain_value" in run.stderr + run.stdout
    assert "steps.py" in run.stderr + run.stdout
