"""The command line as people use it: what it runs, what it says of mistakes, and the status it exits with."""

import json
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from apitest.cli import main
from tests.apitest.commands import Ran, apitest, feature
from tests.apitest.web import WebServer

ONE_STEP = '    Given I store "a" under "b"'
OWN_STEP = """
from behave import given

@given('I do something of my own with "{value}"')
def own(context, value):
    context.zato.user_ctx["own"] = value
"""


def here(*arguments: str | Path) -> Ran:
    """Runs the command in this process."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], env={"COLUMNS": "120"})
    return Ran(result.exit_code, result.output)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose two scenarios pass; its steps need a step of its own and its config.ini."""
    directory = tmp_path / "project"
    (directory / "features" / "steps").mkdir(parents=True)
    (directory / "features" / "steps" / "own.py").write_text(OWN_STEP)
    (directory / "features" / "config.ini").write_text("[user]\nname = Maria\n")
    feature(
        directory,
        "Feature: Two scenarios",
        "",
        "  @first",
        "  Scenario: The first",
        '    Given I do something of my own with "@name"',
        '    Then variable "#own" is a string "Maria"',
        "",
        "  @second",
        "  Scenario: The second",
        ONE_STEP,
    )
    return directory


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
        assert "1 scenario passed, 1 skipped" in ran.output
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
        assert "belong to different projects" in ran.output


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
        assert "No step reads: nonsense" in ran.output

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

    def test_nothing_selected_is_no_failure(self, tmp_path: Path) -> None:
        """Tags that no scenario has run nothing, and say so."""
        (tmp_path / "a.feature").write_text(f"Feature: A\n  Scenario: B\n{ONE_STEP}\n")
        ran = here("run", tmp_path, "--tags=@nobody")
        assert ran.status == 0
        assert "No scenario matches" in ran.output


class TestMistakes:
    """What people get wrong, and what they are told."""

    @pytest.mark.parametrize(
        ("path", "near"), [("porject", "project"), ("project/features/tset.feature", "project/features/test.feature")]
    )
    def test_a_path_that_is_not_there(self, project: Path, path: str, near: str) -> None:
        """The error names the path that was probably meant."""
        ran = apitest(project.parent, "run", path)
        assert ran.status == 2
        assert f"There is no file or directory {path}" in ran.output
        assert f"Did you mean {near}?" in ran.output

    def test_a_directory_without_features(self, tmp_path: Path) -> None:
        """There is nothing to run, which is an error."""
        ran = here("run", tmp_path)
        assert ran.status == 2
        assert f"There is no .feature file in {tmp_path}" in ran.output.replace("\n", " ")

    def test_a_file_that_is_no_feature(self, project: Path) -> None:
        """The error says what can be run."""
        ran = here("run", project / "features" / "config.ini")
        assert ran.status == 2
        assert "is no .feature file" in ran.output

    def test_an_unknown_command(self) -> None:
        """The nearest command is named."""
        ran = here("rum", "project")
        assert ran.status == 2
        assert "Did you mean 'run'?" in ran.output

    def test_an_unknown_option(self, project: Path) -> None:
        """An option that neither apitest nor behave has is named, with where it was found."""
        ran = here("run", project, "--colourful")
        assert ran.status == 2
        assert "unrecognized arguments: --colourful" in ran.output
        assert "at command line" in ran.output
        (project / "features" / "config.ini").write_text("[behave]\noptions = --colourful\n")
        ran = here("run", project)
        assert ran.status == 2
        assert "[behave] options in" in ran.output

    def test_a_malformed_feature(self, project: Path) -> None:
        """The file, the line and its text are told, and the other files are run all the same."""
        feature(project, "Feature: A", "  Scenario: B", ONE_STEP, "    Wenn something", name="a.feature")
        ran = apitest(project, "run")
        assert ran.status == 2
        assert "This line is no step" in ran.output
        assert "| Wenn something" in ran.output
        assert "at features/a.feature:4" in ran.output
        assert "2 scenarios passed" in ran.output

    @pytest.mark.parametrize(
        ("line", "fix"),
        [
            ("    Thn it passes", "Did you mean Then?"),
            ("  Scenerio: B", "Did you mean Scenario:?"),
            ("    | a | b |\n    | 1 |", "Cells stand between two | each"),
        ],
    )
    def test_a_slip_in_a_keyword(self, tmp_path: Path, line: str, fix: str) -> None:
        """The keyword that was meant is named; a table whose rows differ is told what a row is."""
        (tmp_path / "a.feature").write_text(f"Feature: A\n  Scenario: B\n{ONE_STEP}\n{line}\n")
        ran = here("run", tmp_path)
        assert ran.status == 2
        assert fix in ran.output

    def test_a_scenario_without_steps(self, tmp_path: Path) -> None:
        """A misspelt keyword makes a step a description; that the scenario has no steps is told."""
        (tmp_path / "a.feature").write_text("Feature: A\n  Scenario: B\n    Givn something\n")
        ran = here("run", tmp_path)
        assert ran.status == 0
        assert "a.feature:2 has no steps" in ran.output

    def test_a_feature_that_is_no_text(self, project: Path) -> None:
        """A file that is not UTF-8 is told, and the others are run."""
        (project / "features" / "a.feature").write_bytes(b"Feature: \xff\xfe\n")
        ran = apitest(project, "run")
        assert ran.status == 2
        assert "not UTF-8" in ran.output
        assert "2 scenarios passed" in ran.output

    def test_a_malformed_config_ini(self, project: Path) -> None:
        """The file, the line and its text are told."""
        (project / "features" / "config.ini").write_text("[user]\nname = Maria\n[behave\n")
        ran = here("run", project)
        assert ran.status == 2
        assert "config.ini cannot be read" in ran.output
        assert "config.ini:3" in ran.output.replace("\n", "")

    def test_an_undefined_step(self, project: Path) -> None:
        """The nearest sentence is shown with the step's own values; steps that no sentence is like get a hint."""
        feature(project, "Feature: A", "  Scenario: B", '    Given adress "x"', "    And it rains cats and dogs")
        ran = apitest(project, "run")
        assert ran.status == 2
        assert 'Did you mean: address "x"' in ran.output
        assert "`apitest steps WORD` searches the sentences" in ran.output
        assert "apitest run --fix" in ran.output

    def test_undefined_steps_are_fixed(self, project: Path) -> None:
        """--fix corrects slips in the file, in outlines, too, tells which, and leaves everything else as it is."""
        path = feature(
            project,
            "Feature: A  # kept",
            "\tScenario Outline: B",
            '\t\tGiven adress "<where>"',
            '\t\tAnd   I do something of my won with "<where>"',
            "\t\tAnd I store nothing that is like anything",
            "\tExamples:",
            "\t\t| where |",
            "\t\t| x |",
        )
        before = path.read_text()
        ran = apitest(project, "run", "--fix")
        assert ran.status == 2
        assert 'features/test.feature:3 corrected: Given address "<where>"' in ran.output
        assert path.read_text() == before.replace("adress", "address")
        assert "--fix" not in ran.output

    def test_an_unknown_value(self, project: Path) -> None:
        """A misspelt value is told with the near misses, and the other scenarios are run."""
        feature(project, "Feature: A", "  Scenario: B", '    Given address "@nmae"', "  Scenario: C", ONE_STEP)
        ran = apitest(project, "run")
        assert ran.status == 2
        assert "There is no value @nmae" in ran.output
        assert "Did you mean @name?" in ran.output
        assert "1 scenario passed, 1 in error" in ran.output

    def test_a_request_file_outside_the_project(self, project: Path) -> None:
        """No step reads a file of the machine."""
        path = '    Given request "../../../../../../../../etc/passwd"'
        feature(project, "Feature: A", "  Scenario: B", path)
        ran = apitest(project, "run")
        assert ran.status == 2
        assert "lies outside the project" in ran.output
        assert "root:" not in ran.output


class TestOwnPython:
    """A project's own steps and hooks."""

    def test_a_step_that_replaces_a_built_in_one(self, project: Path) -> None:
        """The project's own step runs, and in verbose mode a notice says where it is."""
        (project / "features" / "steps" / "replacing.py").write_text(
            'from behave import given\n@given(\'I store "{value}" under "{name}"\')\n'
            "def store(context, value, name):\n    context.zato.user_ctx[name] = 'replaced ' + value\n"
        )
        feature(project, "Feature: A", "  Scenario: B", ONE_STEP, '    Then variable "#b" is a string "replaced a"')
        assert apitest(project, "run").status == 0
        notice = 'replacing.py:2 replaces the built-in step: I store "{value}" under "{name}"'
        assert notice in apitest(project, "run", "--verbose").output
        assert notice not in apitest(project, "run").output

    def test_an_error_in_a_step(self, project: Path) -> None:
        """The exception, the lines of the project's own code and what it printed are shown, in every scenario."""
        (project / "features" / "steps" / "bad.py").write_text(
            "from behave import given\n@given('it breaks')\n"
            "def breaks(context):\n    print('printed', 'before')\n    return {}['key']\n"
        )
        feature(project, "Feature: A", *(f"  Scenario: {name}\n    Given it breaks" for name in "BC"))
        ran = apitest(project, "run")
        assert ran.status == 1
        for line in ("KeyError: 'key'", "return {}['key']", "printed before"):
            assert ran.output.count(line) == 2
        assert "behave" not in ran.output
        assert "apitest/runner" not in ran.output

    @pytest.mark.parametrize(
        ("code", "told"),
        [
            ("x = (1, 2]\n", ["does not match opening parenthesis", "features/steps/bad.py:1", "| x = (1, 2]", "^"]),
            ("import not_there_at_all\n", ["No module named 'not_there_at_all'", "import not_there_at_all"]),
        ],
    )
    def test_steps_that_cannot_be_loaded(self, project: Path, code: str, told: list[str]) -> None:
        """Nothing is run; the error has the file, the line and the code."""
        (project / "features" / "steps" / "bad.py").write_text(code)
        ran = apitest(project, "run")
        assert ran.status == 2
        assert all(part in ran.output for part in told), ran.output
        assert "passed" not in ran.output

    def test_two_steps_of_one_sentence(self, project: Path) -> None:
        """Both places are named."""
        shutil.copy(project / "features" / "steps" / "own.py", project / "features" / "steps" / "twice.py")
        ran = apitest(project, "run")
        assert ran.status == 2
        assert "at features/steps/own.py:4" in ran.output
        assert "at features/steps/twice.py:4" in ran.output
        assert "Traceback" not in ran.output


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
