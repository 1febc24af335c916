"""Scenarios as tests of pytest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from behave.step_registry import registry
from click.testing import CliRunner

from apitest.cli import main
from apitest.language.registry import load
from apitest.pytest_plugin import collecting
from apitest.steps import MODULES

# pytester forgets modules that were loaded meanwhile; sentences are declared once in a process.
load(MODULES)
assert collecting

HOOKS = """\
from pathlib import Path

def log(text):
    with Path("log").open("a") as file:
        file.write(text + "\\n")

def before_all(context): log("before_all")
def before_feature(context, feature): log("before " + feature.name)
def after_feature(context, feature): log("after " + feature.name)
def after_all(context): log("after_all")
def before_scenario(context, scenario): log(scenario.name)
"""
SHOP = """\
@shop
Feature: Shop
  Scenario: Log in
    Given I store "1" under "token"
    Then variable "token" is "1"

  @slow @skip
  Scenario: Buy
    Given I store "2" under "x"
    Then variable "token" is "1"

  Scenario Outline: Pay
    Given I store "<card>" under "card"
    Then variable "card" is "<card>"
    Examples:
      | card |
      | a    |
      | b    |

  Rule: Nobody pays twice
    Scenario: Again
      Given I store "3" under "x"
      Then variable "x" is "4"
"""
OTHER = 'Feature: Other\n  Scenario: Log in\n    Given I store "1" under "a"\n    Then variable "a" is "1"\n'


@pytest.fixture(autouse=True)
def steps_of_others() -> Iterator[None]:
    """Behave's registry is that of the process."""
    kept = registry.steps
    yield
    registry.steps = kept


@pytest.fixture
def project(pytester: pytest.Pytester) -> Path:
    """A project with two features."""
    features = pytester.path / "features"
    features.mkdir()
    (features / "environment.py").write_text(HOOKS)
    (features / "other.feature").write_text(OTHER)
    (features / "shop.feature").write_text(SHOP)
    return pytester.path


def log(project: Path) -> list[str]:
    return (project / "log").read_text().splitlines()


def test_scenarios_are_tests(project: Path, pytester: pytest.Pytester) -> None:
    """Each has its name and its verdict; variables and hooks are those of the feature, as in any run."""
    ran = pytester.runpytest_inprocess("features", "-v", "--strict-markers")
    ran.assert_outcomes(passed=5, failed=1)
    ran.stdout.fnmatch_lines(
        [
            "features/other.feature::Log in PASSED*",
            "features/shop.feature::Log in PASSED*",
            "features/shop.feature::Buy PASSED*",
            "features/shop.feature::Pay -- @1.1* PASSED*",
            "features/shop.feature::Again FAILED*",
            '*Then variable "x" is "4"',
            "*at features/shop.feature:23*",
            "FAILED features/shop.feature::Again - The text is not the expected one",
        ]
    )
    assert log(project) == [
        *("before_all", "before Other", "Log in", "after Other"),
        *("before Shop", "Log in", "Buy", "Pay -- @1.1 ", "Pay -- @1.2 ", "Again", "after Shop", "after_all"),
    ]


def test_verdicts_are_those_of_a_run(project: Path, pytester: pytest.Pytester) -> None:
    """The same scenarios pass and fail as in `apitest run`, with pytest-xdist, too."""
    ran = CliRunner().invoke(main, ["run", "features", "--no-strict"])
    assert "5 scenarios passed, 1 failed" in ran.output
    pytester.runpytest_inprocess("features").assert_outcomes(passed=5, failed=1)
    pytester.runpytest_subprocess("features", "-n", "2", "--dist", "loadfile").assert_outcomes(passed=5, failed=1)


def test_scenarios_are_chosen(project: Path, pytester: pytest.Pytester) -> None:
    """By name, by tag, by node and by file; the rest of the feature does not run."""
    for options, passed in [
        (["features", "-k", "Buy or Other"], 2),
        (["features", "-m", "slow"], 0),
        (["features/shop.feature::Log in"], 1),
        (["features/other.feature"], 1),
    ]:
        outcomes = pytester.runpytest_inprocess(*options).parseoutcomes()
        assert outcomes.get("passed", 0) + outcomes.get("failed", 0) == max(passed, 1), (options, outcomes)


def test_dash_x_ends_in_order(project: Path, pytester: pytest.Pytester) -> None:
    """After the first failure nothing more runs, except for the hooks that end the feature and the run."""
    (project / "features/other.feature").write_text(OTHER.replace('is "1"', 'is "2"'))
    ran = pytester.runpytest_inprocess("features", "-x")
    ran.assert_outcomes(failed=1)
    assert log(project) == ["before_all", "before Other", "Log in", "after Other", "after_all"]


def test_only_what_is_named_is_collected(project: Path, pytester: pytest.Pytester) -> None:
    """A run of pytest's own tests leaves features alone, as the features of other tools may be; once/ runs by name."""
    (project / "features/once").mkdir()
    (project / "features/once/sign_in.feature").write_text(OTHER)
    pytester.makepyfile("def test_one(): pass")
    pytester.runpytest_inprocess().assert_outcomes(passed=1)
    pytester.runpytest_inprocess("features").assert_outcomes(passed=5, failed=1)
    pytester.runpytest_inprocess("features/once/sign_in.feature").assert_outcomes(passed=1)


def test_mistakes_are_told(project: Path, pytester: pytest.Pytester, subtests: pytest.Subtests) -> None:
    """Broken files and code, undefined steps and hooks that fail are told without a traceback of ours."""
    shop, environment = project / "features/shop.feature", project / "features/environment.py"
    for file, text, told in [
        (shop, "Feature: A\n  Scenario\n    Given x\n", ["*Scenario must be followed by a colon*"]),
        (shop, "Feature: A\n  Scenario: B\n    Given nonsense\n", ["FAILED * - Undefined step: nonsense"]),
        (environment, "raise ValueError('no')", ["FAILED * - environment.py cannot be loaded*"]),
        (environment, "def after_feature(context, feature): 1 / 0", ["*ERROR at teardown*", "*ZeroDivisionError*"]),
        (environment, "def before_feature(context, feature): 1 / 0", ["FAILED *ZeroDivisionError*"]),
        (environment, "def after_all(context): 1 / 0", ["*ERROR at teardown*", "*ZeroDivisionError*"]),
        (environment, "def before_scenario(context, scenario): scenario.skip()", ["*5 skipped*"]),
        (environment, "def before_step(context, step): raise SystemExit", ["*FAILED*It did not run*"]),
    ]:
        shop.write_text("")
        shop.unlink()
        environment.write_text("")
        (project / "features/other.feature").write_text(
            OTHER + OTHER.partition("\n")[2].replace("Log in", "Log out") * 4
        )
        file.write_text(text)
        with subtests.test(text):
            ran = pytester.runpytest_inprocess("features")
            ran.stdout.fnmatch_lines(told)
            ran.stdout.no_fnmatch_line("*pytest_plugin*")
            assert ran.ret != 0 or "skipped" in told[0]


def test_projects_side_by_side(project: Path, pytester: pytest.Pytester) -> None:
    """Each has its own steps and its own environment's settings."""
    for name in ("one", "two"):
        features = project / name / "features"
        (features / "steps").mkdir(parents=True)
        (features / "config.ci.ini").write_text(f"[user]\nname = {name}\n")
        (features / "a.feature").write_text(
            f'Feature: A\n  Scenario: B\n    Given I am\n    Then variable "n" is "{name}"\n'
        )
        own = f"from behave import given\n@given('I am')\ndef f(context): context.zato.user_ctx['n'] = {name!r}\n"
        (features / "steps" / "own.py").write_text(own)
    ran = pytester.runpytest_inprocess("one/features", "two/features", "--apitest-env", "ci")
    ran.assert_outcomes(passed=2)
    unknown = pytester.runpytest_inprocess("one/features", "--apitest-env", "cj")
    unknown.stdout.fnmatch_lines(["*Unknown environment*", "*There are: ci"])
