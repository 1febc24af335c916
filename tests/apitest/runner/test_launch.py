"""From arguments to an exit status."""

import json
from pathlib import Path

import pytest
from behave import step_registry

from apitest import events
from apitest.errors import ProjectError, UsageError
from apitest.runner.launch import RunOptions, launch, split_arguments
from tests.apitest.runner.running import ONE


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(step_registry.registry, "steps", {kind: [] for kind in ("given", "when", "then", "step")})
    (tmp_path / "features").mkdir()
    (tmp_path / "features" / "a.feature").write_text(ONE)
    return tmp_path


class TestArguments:
    """Paths and options."""

    @pytest.mark.parametrize(
        ("arguments", "paths", "options"),
        [
            ([], ["features"], []),
            (["a", "b.feature:3"], ["a", "b.feature:3"], []),
            (["--tags", "@x", "a"], ["a"], ["--tags", "@x"]),
            (["--tags=@x", "a", "--stop", "b"], ["a", "b"], ["--tags=@x", "--stop"]),
            (["-D", "a=b", "-n", "-x", "c"], ["c"], ["-D", "a=b", "-n", "-x"]),
            (["--stop", "--", "-odd.feature"], ["-odd.feature"], ["--stop"]),
            (["--color", "a"], ["a"], ["--color=auto"]),
            (["--color", "off", "a"], ["a"], ["--color=off"]),
            (["a", "--color"], ["a"], ["--color=auto"]),
            (["a", "--tags"], ["a"], ["--tags"]),
        ],
    )
    def test_they_are_told_apart(self, arguments: list[str], paths: list[str], options: list[str]) -> None:
        """An option that takes a value takes the next argument, whatever it looks like."""
        assert split_arguments(arguments) == (paths, options)

    def test_without_a_features_directory(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is the working directory that runs."""
        monkeypatch.chdir(tmp_path / "features")
        assert split_arguments([])[0] == ["."]


class TestProject:
    """The project that paths belong to."""

    def test_paths_of_two_projects(self, tmp_path: Path) -> None:
        """Each has to be run by itself."""
        other = tmp_path / "other" / "features"
        other.mkdir(parents=True)
        with pytest.raises(UsageError, match="features and other belong to different projects"):
            launch(["features", "other"], RunOptions())

    def test_what_is_no_feature_file(self, tmp_path: Path) -> None:
        """It is told before anything runs."""
        (tmp_path / "a.txt").write_text("")
        with pytest.raises(UsageError, match=r"a\.txt is not a \.feature file"):
            launch(["a.txt"], RunOptions())

    def test_what_is_not_there(self) -> None:
        """The nearest name is told."""
        with pytest.raises(ProjectError) as raised:
            launch(["feature"], RunOptions())
        assert raised.value.fix == "Did you mean features?"

    def test_a_list_of_places(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """@FILE names them."""
        (tmp_path / "features" / "list.txt").write_text("a.feature:2\n")
        assert launch(["@features/list.txt"], RunOptions()) == 0
        assert "1 scenario passed" in capsys.readouterr().out


class TestBelow:
    """A directory that is outside of any project."""

    @pytest.fixture(autouse=True)
    def outside(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """The working directory, with one project in a directory of it."""
        features = tmp_path / "outside" / "tests" / "api" / "features"
        features.mkdir(parents=True)
        (features / "config.ini").write_text("[user]\nname = Maria\n")
        (features / "a.feature").write_text(ONE.replace('"1"', '"@name"'))
        (features / "nested").mkdir()
        (features / "nested" / "b.feature").write_text(ONE)
        monkeypatch.chdir(tmp_path / "outside")
        return tmp_path / "outside"

    @pytest.mark.parametrize("arguments", [[], ["."], ["tests"]])
    def test_one_project(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        """It runs, with its config.ini, and that is told."""
        assert launch(arguments, RunOptions()) == 0
        out = capsys.readouterr().out
        assert "note  Running the project tests/api" in out
        assert "2 scenarios passed" in out

    def test_several(self, outside: Path) -> None:
        """They are named, and nothing runs."""
        (outside / "more").mkdir()
        (outside / "more" / "config.ini").write_text("")
        (outside / "more" / "a.feature").write_text(ONE)
        with pytest.raises(UsageError, match="There are 2 projects in the current directory") as raised:
            launch([], RunOptions())
        assert raised.value.fix == "Run each project by itself:\napitest run more\napitest run tests/api"

    def test_features_beside_it(self, outside: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A directory with features of its own is what was meant."""
        (outside / "a.feature").write_text(ONE)
        assert launch(["a.feature"], RunOptions()) == 0
        assert "Running" not in capsys.readouterr().out
        launch([], RunOptions())
        assert "Running" not in capsys.readouterr().out

    def test_no_project(self, outside: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Hidden directories hold none: what features they have run without a project's settings."""
        (outside / "tests").rename(outside / ".tests")
        assert launch([], RunOptions()) == 2
        out = capsys.readouterr().out
        assert "Running" not in out
        assert "There is no value @name" in out


class TestReports:
    """Who is told what happens."""

    def test_the_terminal(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Scenarios and a summary are written."""
        assert launch([], RunOptions()) == 0
        assert "1 scenario passed" in capsys.readouterr().out

    def test_events_in_a_file(self, tmp_path: Path) -> None:
        """The same events, as JSON lines."""
        path = tmp_path / "events.jsonl"
        assert launch([], RunOptions(reports=[f"jsonl={path}"])) == 0
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        assert lines[0]["type"] == events.RunStarted.__name__
        assert lines[-1]["exit_status"] == 0

    def test_several_at_once(self, tmp_path: Path) -> None:
        """Each has all events, with when a scenario began and what the run can be repeated with."""
        assert launch([], RunOptions(reports=[f"jsonl={tmp_path}/a", f"jsonl={tmp_path}/b"])) == 0
        text = (tmp_path / "a").read_text()
        assert text == (tmp_path / "b").read_text()
        run, _, scenario, *_ = (json.loads(line) for line in text.splitlines())
        assert isinstance(run["seed"], int)
        assert run["at"] <= scenario["at"]
        assert (scenario["worker"], scenario["attempt"]) == (1, 1)

    def test_one_that_cannot_be_written(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The verdict is told, then what went wrong with the report; the exit status is that of a mistake."""
        assert launch([], RunOptions(reports=["jsonl=/dev/full"])) == 2
        out, err = capsys.readouterr()
        assert "1 scenario passed" in out
        assert err.startswith("The jsonl report cannot be written: No space left on device\n")

    def test_a_format_that_does_not_exist(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing runs."""
        with pytest.raises(UsageError, match='Unknown report format "pdf"'):
            launch([], RunOptions(reports=["pdf"]))
        assert capsys.readouterr().out == ""

    def test_a_formatter_of_behaves(self, capsys: pytest.CaptureFixture[str]) -> None:
        """It has the terminal for itself."""
        assert launch(["-f", "plain"], RunOptions()) == 0
        out = capsys.readouterr().out
        assert "Scenario: S" in out
        assert "scenario passed ·" not in out

    def test_without_a_summary(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The scenarios are all that is written."""
        launch(["--no-summary"], RunOptions())
        out = capsys.readouterr().out
        assert "✓ S" in out
        assert "1 scenario passed" not in out

    @pytest.mark.parametrize(("option", "colours"), [("--color=always", True), ("--no-color", False)])
    def test_colours(self, option: str, colours: bool, capsys: pytest.CaptureFixture[str]) -> None:
        """Behave's options for them hold for apitest's report."""
        launch([option], RunOptions())
        assert ("\x1b[" in capsys.readouterr().out) is colours

    def test_a_question(self, capsys: pytest.CaptureFixture[str]) -> None:
        """It is answered, and nothing runs."""
        assert launch(["--lang-list"], RunOptions()) == 0
        assert "scenario" not in capsys.readouterr().out

    def test_corrections(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """They are told above the summary; --verbose and --seed hold, too."""
        path = tmp_path / "features" / "a.feature"
        path.write_text(ONE.replace("I store", "I stroe"))
        assert launch(["--no-color"], RunOptions(fix=True, verbose=True, seed=1, reports=[f"jsonl={tmp_path}/e"])) == 2
        out = capsys.readouterr().out
        assert out.index("a.feature:3 corrected") < out.index("1 scenario in error")
        assert path.read_text() == ONE
