"""What people get wrong on the command line, in their files and in their Python, and what they are told."""

import shutil
from pathlib import Path

import pytest

from tests.apitest.command_line import ONE_STEP, apitest, feature, here, two_scenarios


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose two scenarios pass; its steps need a step of its own and its config.ini."""
    return two_scenarios(tmp_path / "project")


class TestMistakes:
    """What people get wrong, and what they are told."""

    @pytest.mark.parametrize(
        ("path", "near"), [("porject", "project"), ("project/features/tset.feature", "project/features/test.feature")]
    )
    def test_a_path_that_is_not_there(self, project: Path, path: str, near: str) -> None:
        """The error names the path that was probably meant."""
        ran = apitest(project.parent, "run", path)
        assert ran.status == 2
        assert f"File or directory not found: {path}" in ran.output
        assert f"Did you mean {near}?" in ran.output

    def test_a_directory_without_features(self, tmp_path: Path) -> None:
        """There is nothing to run, which is an error."""
        ran = here("run", tmp_path)
        assert ran.status == 2
        assert f"No .feature file found in {tmp_path}" in ran.output.replace("\n", " ")

    def test_a_file_that_is_no_feature(self, project: Path) -> None:
        """The error says what can be run."""
        ran = here("run", project / "features" / "config.ini")
        assert ran.status == 2
        assert "is not a .feature file" in " ".join(ran.output.split())

    def test_an_unknown_command(self) -> None:
        """The nearest command is named."""
        ran = here("rum", "project")
        assert ran.status == 2
        assert "Did you mean 'run'?" in ran.output

    def test_an_unknown_option(self, project: Path) -> None:
        """An option that neither apitest nor behave has is named, with what was meant and where it was found."""
        ran = here("run", project, "--xyzzy")
        assert ran.status == 2
        assert "unrecognized arguments: --xyzzy" in ran.output
        assert "at command line" in ran.output
        ran = here("run", project, "--tag", "@first")
        assert ran.status == 2
        assert "Unknown option --tag" in ran.output
        assert "Did you mean --tags" in ran.output
        (project / "features" / "config.ini").write_text("[behave]\noptions = --colourful\n")
        ran = here("run", project)
        assert ran.status == 2
        assert "[behave] options in" in ran.output

    def test_a_malformed_feature(self, project: Path) -> None:
        """The file, the line and its text are told, and the other files are run all the same."""
        feature(project, "Feature: A", "  Scenario: B", ONE_STEP, "    Wenn something", name="a.feature")
        ran = apitest(project, "run")
        assert ran.status == 2
        assert "This line is not a step" in ran.output
        assert "| Wenn something" in ran.output
        assert "at features/a.feature:4" in ran.output
        assert "2 scenarios passed" in ran.output

    @pytest.mark.parametrize(
        ("line", "fix"),
        [
            ("    Thn it passes", "Did you mean Then?"),
            ("  Scenerio: B", "Did you mean Scenario:?"),
            ("    | a | b |\n    | 1 |", "Write each cell between two |"),
        ],
    )
    def test_a_slip_in_a_keyword(self, tmp_path: Path, line: str, fix: str) -> None:
        """The keyword that was meant is named; a table whose rows differ is told what a row is."""
        (tmp_path / "a.feature").write_text(f"Feature: A\n  Scenario: B\n{ONE_STEP}\n{line}\n")
        ran = here("run", tmp_path)
        assert ran.status == 2
        assert fix in ran.output

    def test_a_step_without_a_keyword(self, tmp_path: Path) -> None:
        """A misspelt keyword makes a step a description, which is an error with its line."""
        (tmp_path / "a.feature").write_text("Feature: A\n  Scenario: B\n    Givn something\n")
        ran = here("run", tmp_path)
        assert ran.status == 2
        assert "This step does not run" in ran.output
        assert "a.feature:3" in ran.output
        assert "Did you mean Given?" in ran.output

    @pytest.mark.parametrize(
        ("option", "value", "near"),
        [("--tags", "@frist", "Did you mean @first?"), ("--name", "The frist", 'Did you mean "The first"?')],
    )
    def test_a_selection_that_matches_nothing(self, project: Path, option: str, value: str, near: str) -> None:
        """It is an error, with what was probably meant, unless --allow-empty says that it may be."""
        ran = apitest(project, "run", option, value)
        assert ran.status == 2
        assert f"No scenario matches {option}" in ran.output
        assert near in ran.output
        assert apitest(project, "run", option, value, "--allow-empty").status == 0

    def test_a_line_behind_the_end_of_the_file(self, project: Path) -> None:
        """It is an error that tells where scenarios start."""
        ran = apitest(project, "run", "features/test.feature:99")
        assert ran.status == 2
        assert "There is no line 99: features/test.feature has 10" in ran.output
        assert "Scenarios start at lines 4, 9" in ran.output

    def test_a_scenario_that_checks_nothing(self, project: Path) -> None:
        """It is marked and counted, fails with --strict or where config.ini says so, and passes with --no-strict."""
        ran = apitest(project, "run")
        assert ran.status == 0
        assert "The second · checks nothing" in ran.output
        assert "2 scenarios passed (1 checks nothing)" in ran.output
        strict = apitest(project, "run", "--strict")
        assert strict.status == 1
        assert "This scenario checks nothing" in strict.output
        with (project / "features" / "config.ini").open("a") as file:
            file.write("[apitest]\nstrict = True\n")
        assert apitest(project, "run").status == 1
        assert apitest(project, "run", "--no-strict").status == 0

    def test_an_old_project(self, project: Path) -> None:
        """A project of zato-apitest is told of all of that, and passes."""
        (project / "features" / "environment.py").write_text("import zato.apitest\n")
        feature(project, "Feature: A", "  Scenrio: B", ONE_STEP, "  Scenario: C", ONE_STEP, name="a.feature")
        ran = apitest(project, "run")
        assert ran.status == 0
        assert "note  features/a.feature:2: This line and what is below it do not run" in ran.output
        assert apitest(project, "run", "--tags", "@nobody").status == 0

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
        assert "1 scenario passed (1 checks nothing), 1 in error" in ran.output

    def test_a_request_file_outside_the_project(self, project: Path) -> None:
        """No step reads a file of the machine."""
        path = '    Given request "../../../../../../../../etc/passwd"'
        feature(project, "Feature: A", "  Scenario: B", path)
        ran = apitest(project, "run")
        assert ran.status == 2
        assert "is outside the project" in ran.output
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
