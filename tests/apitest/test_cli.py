"""The command line as people use it: what it runs, its options, and the status it exits with."""

import gc
import json
import re
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.apitest.command_line import ONE_STEP, Ran, apitest, environment, feature, here, two_scenarios
from tests.apitest.web import WebServer


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose two scenarios pass; its steps need a step of its own and its config.ini."""
    return two_scenarios(tmp_path / "project")


class TestWhatIsRun:
    """The paths of `apitest run`."""

    @pytest.mark.parametrize("path", ["project", "project/features", "project/features/test.feature", "project/"])
    def test_a_project_from_any_of_its_paths(self, project: Path, path: str) -> None:
        """A directory, its features directory and a file of it are the same project."""
        ran = apitest(project.parent, "run", path)
        assert ran.status == 0, ran.output
        assert "2 scenarios passed" in ran.output

    @pytest.mark.parametrize("directory", ["project", "project/features"])
    def test_no_path_at_all(self, project: Path, directory: str) -> None:
        """Without a path it is the project, or the features directory, that one is in."""
        assert "2 scenarios passed" in apitest(project.parent / directory, "run").output

    @pytest.mark.parametrize(
        ("line", "name"), [(4, "The first"), (6, "The first"), (9, "The second"), (10, "The second")]
    )
    def test_a_scenario_by_its_line(self, project: Path, line: int, name: str) -> None:
        """FILE:LINE is the scenario that the line belongs to."""
        ran = apitest(project, "run", f"features/test.feature:{line}")
        assert re.search(r"1 scenario passed( \(1 checks nothing\))?, 1 skipped", ran.output)
        assert name in ran.output

    def test_several_paths(self, project: Path) -> None:
        """Files and places of one project are run together."""
        feature(project, "Feature: More", "  Scenario: The third", ONE_STEP, name="more.feature")
        ran = apitest(project, "run", "features/test.feature:4", "features/more.feature")
        assert "2 scenarios passed" in ran.output
        assert "The second" not in ran.output

    def test_a_bare_directory(self, tmp_path: Path) -> None:
        """.feature files are enough: no environment.py, no steps, no config.ini; below it, too."""
        (tmp_path / "below").mkdir()
        (tmp_path / "one.feature").write_text(f"Feature: One\n  Scenario: A\n{ONE_STEP}\n")
        (tmp_path / "below" / "two.feature").write_text(f"Feature: Two\n  Scenario: B\n{ONE_STEP}\n")
        ran = here("run", tmp_path)
        assert ran.status == 0, ran.output
        assert "2 scenarios passed" in ran.output

    def test_from_elsewhere_and_after_a_move(self, project: Path, tmp_path: Path) -> None:
        """A project finds its settings, steps and files wherever it is and wherever the command is run."""
        (project / "features" / "json" / "request").mkdir(parents=True)
        (project / "features" / "json" / "request" / "a.json").write_text("{}")
        feature(project, "Feature: File", "  Scenario: A", '    Given request "a.json"', name="file.feature")
        moved = project.rename(tmp_path / "moved")
        (tmp_path / "elsewhere").mkdir()
        for path in (moved, Path("../moved"), Path("../moved/features/test.feature")):
            assert apitest(tmp_path / "elsewhere", "run", path).status == 0

    def test_two_projects_at_once(self, project: Path, tmp_path: Path) -> None:
        """Projects are run one by one, and the error says so."""
        other = tmp_path / "other" / "features"
        other.mkdir(parents=True)
        (other / "a.feature").write_text("Feature: A\n")
        ran = here("run", project, other)
        assert ran.status == 2
        assert "belong to different projects" in " ".join(ran.output.split())  # which is wrapped, as paths are long


def shell(command: str, directory: Path) -> "subprocess.CompletedProcess[bytes]":
    """What a shell does in a directory."""
    return subprocess.run(
        command, check=False, shell=True, cwd=directory, env=environment(), capture_output=True, timeout=60
    )


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("options", ["", "-j 2"])
def test_without_standard_output(project: Path, closed: str, options: str) -> None:
    """A command that was started with it closed does the same, and writes its reports."""
    command = f"{shlex.quote(sys.executable)} -m apitest run . {options} --report junit=told.xml {closed}"
    done = shell(command, project)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (project / "told.xml").read_text().endswith("</testsuites>\n")


def test_a_directory_that_is_gone(tmp_path: Path) -> None:
    """A command in a directory that was deleted says so."""
    command = f"mkdir gone; cd gone; rmdir ../gone; {shlex.quote(sys.executable)} -m apitest run"
    done = shell(command, tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("The current directory is not there any more\n")


class TestOptions:
    """The options of `apitest run`, ours and behave's."""

    @pytest.mark.parametrize(
        "options",
        [["--tags", "@first"], ["--tags=@first"], ["-t", "not @second"], ["--name", "The first"], ["-n", "fir"]],
    )
    def test_scenarios_are_chosen(self, project: Path, options: list[str]) -> None:
        """Tags and names choose scenarios, before the path or after it."""
        for arguments in (["run", *options, "features"], ["run", "features", *options]):
            ran = apitest(project, *arguments)
            assert ran.status == 0, ran.output
            assert "1 scenario passed, 1 skipped" in ran.output

    def test_dry_run(self, project: Path) -> None:
        """Nothing is run, but undefined steps are told of."""
        assert "2 scenarios not run" in apitest(project, "run", "--dry-run").output
        feature(project, "Feature: A", "  Scenario: B", "    Given nonsense")
        ran = apitest(project, "run", "--dry-run")
        assert ran.status == 2
        assert "Undefined step: nonsense" in ran.output

    def test_stop(self, tmp_path: Path) -> None:
        """The run ends with the first scenario that fails."""
        bad = '    Then variable "#x" is a string "y"'
        lines = ["Feature: A", "  Scenario: B", '    Given I store "z" under "x"', bad, "  Scenario: C", bad]
        (tmp_path / "a.feature").write_text("\n".join(lines))
        assert "2 scenarios failed" in here("run", tmp_path).output
        assert "1 scenario failed, 1 not run" in here("run", "--stop", tmp_path).output

    def test_options_of_config_ini(self, project: Path) -> None:
        """[behave] options holds for every run; the command line comes after it."""
        config = project / "features" / "config.ini"
        config.write_text('[user]\nname = Maria\n[behave]\noptions = --tags=@first --name "The f"\n')
        assert "1 scenario passed, 1 skipped" in apitest(project, "run").output
        config.write_text("[user]\nname = Maria\n[behave]\noptions = --dry-run\n")
        assert "2 scenarios not run" in apitest(project, "run").output

    def test_environments_and_definitions(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """--env and APITEST_ENV read an environment's file over config.ini, and -D lies over both."""
        steps = '    Given I store "@name" under "who"\n    Then variable "who" is "{}"'
        for name in ("base", "staging", "typed"):
            feature(project, f"Feature: {name}", "  Scenario: A", steps.format(name), name=f"{name}.feature")
        config = project / "features" / "config.ini"
        config.write_text("[user]\nname = base\n")
        config.with_name("config.staging.ini").write_text("[user]\nname = staging\n")
        defined = ["--env=staging", "-Dname=typed"]
        for options, name in [([], "base"), (["--env", "staging"], "staging"), (defined, "typed")]:
            assert apitest(project, "run", *options, f"features/{name}.feature").status == 0
        monkeypatch.setenv("APITEST_ENV", "staging")
        assert apitest(project, "run", "features/staging.feature").status == 0
        ran = apitest(project, "run", "--env", "stage", "features/staging.feature")
        assert (ran.status, "Did you mean staging?" in ran.output) == (2, True)

    @pytest.mark.parametrize("workers", ["1", "2"])
    @pytest.mark.parametrize("hook", ["before_feature", "after_feature", "before_rule", "after_rule", "after_all"])
    def test_what_was_no_scenario_runs_again(self, hook: str, workers: str, tmp_path: Path) -> None:
        """--rerun-failed runs all of a file of which a hook failed, and so fails for as long as that does."""
        scenario = 'Scenario: {}\n    Given I store "1" under "x"\n    Then variable "x" is "1"\n'
        (tmp_path / "a.feature").write_text(f"Feature: A\n  Rule: R\n  {scenario.format('One')}")
        (tmp_path / "environment.py").write_text("")
        assert apitest(tmp_path, "run", "-j", workers, ".").status == 0
        (tmp_path / "environment.py").write_text(f"def {hook}(*arguments):\n    1 / 0\n")
        for options in ([], ["--rerun-failed"], ["--rerun-failed"]):
            assert apitest(tmp_path, "run", "-j", workers, *options, ".").status == 1
        (tmp_path / "environment.py").write_text("")
        for told in ("1 scenario passed", "there is nothing to run again"):
            ran = apitest(tmp_path, "run", "-j", workers, "--rerun-failed", ".")
            assert (ran.status, told in ran.output) == (0, True)

    def test_what_failed_is_not_divided_among_shards(self, tmp_path: Path) -> None:
        """--rerun-failed with --shard is an error that says that the two do not go together, whatever failed before."""
        (tmp_path / "a.feature").write_text('Feature: A\n  Scenario: S\n    Then variable "#x" is "1"\n')
        for _ in range(2):
            ran = apitest(tmp_path, "run", "--rerun-failed", "--shard", "1/2", ".")
            assert (ran.status, "--rerun-failed and --shard do not go together" in ran.output) == (2, True)
            apitest(tmp_path, "run", ".")

    def test_a_file_that_was_no_feature_runs_again(self, tmp_path: Path) -> None:
        """--rerun-failed goes on to say what is wrong with it."""
        (tmp_path / "a.feature").write_text("nonsense")
        (tmp_path / "b.feature").write_text('Feature: B\n  Scenario: S\n    Given I store "1" under "x"\n')
        for options in ([], ["--rerun-failed"], ["--rerun-failed"]):
            assert apitest(tmp_path, "run", *options, ".").status == 2

    def test_what_failed_runs_again(self, tmp_path: Path) -> None:
        """--retries, --rerun-failed, --last-failed-first and --isolate go by what happened before."""
        step = '    Then variable "#x" is a string "{}"'
        store = '    Given I store "1" under "x"'
        lines = ["Feature: A", "  Scenario: Good", store, step.format("1"), "  Scenario: Bad", store, step.format("2")]
        (tmp_path / "a.feature").write_text("\n".join(lines))
        (tmp_path / "b.feature").write_text(f"Feature: B\n  Scenario: Fine\n{store}\n{step.format('1')}")
        assert "everything runs" in apitest(tmp_path, "run", "--rerun-failed", ".").output
        ran = apitest(tmp_path, "run", "--retries", "1", "--isolate", ".").output
        assert "try 1 failed" in ran
        assert '"Bad" (a.feature:5) fails by itself, too' in ran
        assert "1 scenario failed, 1 skipped" in apitest(tmp_path, "run", "--rerun-failed", ".").output
        assert apitest(tmp_path, "run", "--last-failed-first", "b.feature", "a.feature").output.startswith(
            "A  a.feature"
        )
        fixed = apitest(tmp_path, "run", "--rerun-failed", "b.feature")
        assert (fixed.status, "nothing to run again" in fixed.output) == (0, True)

    def test_junit_reports(self, project: Path) -> None:
        """Behave's reports for CI servers are written beside ours."""
        ran = apitest(project, "run", "--junit", "--junit-directory", "reports")
        assert "2 scenarios passed" in ran.output
        assert [path.name for path in (project / "reports").iterdir()] == ["TESTS-test.xml"]

    def test_a_formatter_of_behave(self, project: Path) -> None:
        """With --format, behave's formatter shows the run in our place."""
        ran = apitest(project, "run", "--format", "json")
        assert json.loads(ran.output.partition("]\n")[0] + "]")[0]["name"] == "Two scenarios"

    def test_verbose(self, tmp_path: Path, web: WebServer) -> None:
        """Every request and response is shown, with headers and bodies."""
        lines = [f'    Given address "{web.address}"', '    And URL path "/echo/1"', '    And header "X-My" "1"']
        lines = ["Feature: A", "  Scenario: B", *lines, "    When the URL is invoked"]
        (tmp_path / "a.feature").write_text("\n".join(lines))
        ran = here("run", tmp_path, "--verbose")
        assert ran.status == 0, ran.output
        for line in (f"> GET {web.address}/echo/1", "> X-My: 1", "< 200 OK", '"path": "/echo/1"'):
            assert line.casefold() in ran.output.casefold()
        assert "X-My" not in here("run", tmp_path).output

    def test_events(self, tmp_path: Path) -> None:
        """--events writes a JSON object for each thing that happened."""
        (tmp_path / "a.feature").write_text(f"Feature: A\n  Scenario: B\n{ONE_STEP}\n")
        assert here("run", tmp_path, "--events", tmp_path / "events.jsonl").status == 0
        told = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
        kinds = ["RunStarted", "FeatureStarted", "ScenarioStarted", "StepFinished"]
        kinds += ["ScenarioFinished", "FeatureFinished", "RunFinished"]
        assert [event["type"] for event in told] == kinds

    def test_seed(self, tmp_path: Path) -> None:
        """Runs with one seed have the same random values, others have others."""
        lines = [
            "Feature: A",
            "  Scenario: B",
            '    Given I store a random string under "x"',
            "    Then context is logged",
        ]
        (tmp_path / "a.feature").write_text("\n".join(lines))

        def logged(*options: str) -> str:
            return next(line for line in here("run", tmp_path, *options).output.splitlines() if "Stored" in line)

        assert logged("--seed", "1") == logged("--seed", "1") != logged("--seed", "2")
        assert logged() != logged()


class TestExitStatus:
    """0 passed, 1 failed, 2 at fault, 3 unreachable."""

    def run(self, directory: Path, *steps: str) -> Ran:
        """Runs scenarios of one step each."""
        lines = [line for step in steps for line in ("  Scenario: A", f"    Given {step}")]
        (directory / "a.feature").write_text("\n".join(["Feature: A", *lines]))
        return here("run", directory)

    def test_each_of_them(self, tmp_path: Path, web: WebServer) -> None:
        """Each kind of failure has its own; of several, fault goes before unreachable, and that before failed."""
        fails = "JSON response exists"
        fault = 'address "@nothing"'
        assert self.run(tmp_path, "I proceed further").status == 0
        assert self.run(tmp_path, fails).status == 1
        assert self.run(tmp_path, fault).status == 2
        assert self.run(tmp_path, "nonsense").status == 2
        unreachable = f'address "{web.address}"'
        web.close()
        again = f"{unreachable}\n    When the URL is invoked"
        assert self.run(tmp_path, again).status == 3
        assert self.run(tmp_path, fails, again).status == 3
        assert self.run(tmp_path, again, fails, fault).status == 2

    def test_nothing_selected(self, tmp_path: Path) -> None:
        """Tags that no scenario has are a mistake of the command, unless it says that they may be."""
        (tmp_path / "a.feature").write_text(f"Feature: A\n  Scenario: B\n{ONE_STEP}\n")
        ran = here("run", tmp_path, "--tags=@nobody")
        assert ran.status == 2
        assert "No scenario matches" in ran.output
        ran = here("run", tmp_path, "--tags=@nobody", "--allow-empty")
        assert ran.status == 0
        assert "No scenario matches" in ran.output


def test_version() -> None:
    """--version is the version that was installed."""
    assert here("--version") == Ran(0, f"apitest {version('apitest')}\n")


def test_help_shows_whole_sentences() -> None:
    """--help lists the commands, none cut short."""
    ran = here("--help")
    assert ran.status == 0
    for name in ("demo", "init", "run", "server", "steps"):
        assert f"\n  {name} " in ran.output
    assert "..." not in ran.output.partition("Commands:")[2]


def test_steps_are_searched() -> None:
    """`apitest steps WORD` shows sentences; a word that none holds is an error with near misses."""
    assert 'address "{address}"' in here("steps", "address").output
    ran = here("steps", "adress")
    assert ran.status == 2
    assert 'Did you mean "address"' in ran.output


def test_steps_as_json() -> None:
    """Each sentence has at least a keyword, the sentence, a description and an example."""
    found = json.loads(here("steps", "--format", "json").output)
    assert len(found) > 250
    assert all(set(entry) >= {"keyword", "sentence", "description", "example", "aliases"} for entry in found)


def test_init(tmp_path: Path) -> None:
    """`apitest init` makes a project, and leaves a directory alone that holds something."""
    assert here("init", tmp_path / "new").status == 0
    ran = here("init", tmp_path / "new")
    assert ran.status == 2
    assert "is not empty" in ran.output


def test_the_server_has_its_own_commands() -> None:
    """`apitest server` hands over to the server's command line."""
    ran = here("server", "--help")
    assert ran.status == 0
    assert "create" in ran.output


def test_the_garbage_collector_runs_while_scenarios_do(tmp_path: Path) -> None:
    """It rests while apitest is loaded, and no longer: a project's own Python and its garbage are not affected."""
    step = (
        "import gc\nfrom behave import given\n\n@given('garbage')\ndef garbage(context):\n    assert gc.isenabled()\n"
    )
    (tmp_path / "features" / "steps").mkdir(parents=True)
    (tmp_path / "features" / "steps" / "own.py").write_text(step)
    (tmp_path / "features" / "a.feature").write_text("Feature: F\n  Scenario: S\n    Given garbage\n")
    assert apitest(tmp_path, "run").status == 0
    assert apitest(tmp_path, "run", "no-such-path").status == 2
    assert gc.isenabled()
