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


def test_an_error_with_half_a_character(project: Path, pytester: pytest.Pytester) -> None:
    """What plug-ins read of a failure can be encoded, whatever the project's own Python has raised."""
    hooks = "def before_scenario(context, scenario): raise ValueError('half \\ud800')\n"
    (project / "features/environment.py").write_text(hooks)
    (pytester.path / "conftest.py").write_text(
        "def pytest_runtest_makereport(call):\n    if call.excinfo: str(call.excinfo.value).encode()\n"
    )
    ran = pytester.runpytest_inprocess("features/other.feature")
    ran.assert_outcomes(failed=1)
    ran.stdout.fnmatch_lines(["*half \\ud800*"])


def test_scenarios_are_chosen(project: Path, pytester: pytest.Pytester) -> None:
    """By name, by tag, by node and by file; the rest of the feature does not run."""
    for options, passed in [
        (["features", "-k", "Buy or Other"], 2),
        (["features", "-m", "slow"], 0),
        (["features/shop.feature::Log in"], 1),
        (["features/other.feature"], 1),
        (["features/shop.feature:4"], 1),
        (["features/shop.feature:17", "features/other.feature:1"], 2),
        (["features/shop.feature:13", "features/shop.feature:10"], 3),
    ]:
        outcomes = pytester.runpytest_inprocess(*options).parseoutcomes()
        assert outcomes.get("passed", 0) + outcomes.get("failed", 0) == max(passed, 1), (options, outcomes)


def test_a_name_with_what_pytest_separates_names_by(project: Path, pytester: pytest.Pytester) -> None:
    """The scenario is found by its line, and by the name that is shown."""
    (project / "features/other.feature").write_text(OTHER.replace("Log in", "Auth::Log in [x]"))
    for named in ("features/other.feature:2", "features/other.feature::Auth:Log in [x]"):
        pytester.runpytest_inprocess(named).assert_outcomes(passed=1)


def test_a_line_that_is_not_there(project: Path, pytester: pytest.Pytester) -> None:
    """Pytest ends with what is wrong, as `apitest run` tells it; a file that is not there is pytest's to tell."""
    ran = pytester.runpytest_inprocess("features/shop.feature:99")
    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines(["ERROR: There is no line 99: features/shop.feature has 23"])
    ran = pytester.runpytest_inprocess("features/none.feature:1")
    ran.stderr.fnmatch_lines(["ERROR: file or directory not found: features/none.feature:1"])


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


@pytest.mark.parametrize(
    ("hooks", "told"),
    [
        (
            "def before_feature(context, feature): feature.skip('not today')",
            "SKIPPED * features/shop.feature:3: not today",
        ),
        (
            "def before_tag(context, tag): context.feature.skip('not today')",
            "SKIPPED * features/shop.feature:3: not today",
        ),
        (
            "def before_scenario(context, scenario): context.feature.skip()",
            "SKIPPED * features/shop.feature:3: skipped by a hook*",
        ),
        ("def before_step(context, step): context.feature.skip('here')", "SKIPPED * features/shop.feature:3: here"),
        ("def before_rule(context, rule): rule.skip('no rule')", "SKIPPED * features/shop.feature:21: no rule"),
        (
            "def before_scenario(context, scenario): scenario.skip('because')",
            "SKIPPED * features/shop.feature:3: because",
        ),
        (
            "def before_feature(context, feature): feature.run_items.clear()",
            "FAILED *::Log in - It did not run: *",
        ),
    ],
)
def test_what_hooks_skip(project: Path, pytester: pytest.Pytester, hooks: str, told: str) -> None:
    """Tests whose scenario, rule or feature a hook skips are skipped, with its reason; one it removes is a failure."""
    (project / "features/environment.py").write_text(hooks)
    ran = pytester.runpytest_inprocess("features/shop.feature", "-rsf")
    ran.stdout.fnmatch_lines([told])


def test_features_that_are_skipped_in_workers(project: Path, pytester: pytest.Pytester) -> None:
    """With pytest-xdist, too, they are skipped."""
    (project / "features/environment.py").write_text("def before_feature(context, feature): feature.skip('not today')")
    ran = pytester.runpytest_subprocess("features", "-n", "2", "-rs", timeout=60)
    ran.assert_outcomes(skipped=6)
    ran.stdout.fnmatch_lines(["SKIPPED * not today"])


def test_options_leave_out(project: Path, pytester: pytest.Pytester) -> None:
    """Scenarios that [behave] options leave out are skipped, and the reason says so."""
    for options, skipped in [("--tags='not @slow'", 1), ("--name=Pay", 4)]:
        (project / "features/config.ini").write_text(f"[behave]\noptions = {options}\n")
        outcomes = (ran := pytester.runpytest_inprocess("features", "-rs")).parseoutcomes()
        assert outcomes["skipped"] == skipped
        ran.stdout.fnmatch_lines(["SKIPPED *left out by the [[]behave[]] options in config.ini"])


def test_a_run_that_is_aborted(project: Path, pytester: pytest.Pytester) -> None:
    """The tests after it did not run, and say that the run was aborted, and why."""
    (project / "features/environment.py").write_text(
        "def after_scenario(context, scenario): context.abort(reason='enough')"
    )
    ran = pytester.runpytest_inprocess("features")
    ran.assert_outcomes(passed=1, failed=5)
    told = "It did not run: the run was aborted: enough"
    ran.stdout.fnmatch_lines(["*Scenario: Log in*", told, "*Scenario: Buy*", told])


@pytest.mark.parametrize(
    "hooks",
    [
        "def after_feature(context, feature): feature.name == 'Other' and 1 / 0",
        "def before_feature(context, feature): feature.name == 'Other' and context.add_cleanup(lambda: 1 / 0)",
    ],
)
def test_the_end_of_a_feature_that_fails(project: Path, pytester: pytest.Pytester, hooks: str) -> None:
    """It is an error of the last test of that feature, and the tests of the next feature run."""
    (project / "features/environment.py").write_text(hooks)
    ran = pytester.runpytest_inprocess("features")
    ran.assert_outcomes(passed=5, failed=1, errors=1)
    ran.stdout.fnmatch_lines(["*ERROR at teardown of Scenario: Log in*", "ERROR features/other.feature::Log in*"])
    ran.stdout.no_fnmatch_line("*torn down*")


OWN = """\
import logging, subprocess, sys, warnings
from behave import step

@step('I tell "{value}"')
def tell(context, value):
    print("printed", value)
    print("an error", value, file=sys.stderr)
    logging.getLogger("app").warning("logged %s", value)
    warnings.warn("warned of " + value)
    subprocess.run([sys.executable, "-c", "import sys; print('of a process', sys.argv[1])", value])
"""


def test_secrets(project: Path, pytester: pytest.Pytester) -> None:
    """Nothing that pytest shows or writes has a secret in it: output, log records, warnings, names and reasons."""
    secret = "Sup3rS3cret-Val"
    features = project / "features"
    (features / "steps").mkdir()
    (features / "steps" / "own.py").write_text(OWN)
    (features / "config.ini").write_text(f"[secrets]\nkey = {secret}\n")
    skips = f"def before_scenario(context, scenario): 'Out' in scenario.name and scenario.skip('has {secret}')\n"
    ends = f"def after_feature(context, feature): logging.warning('ends {secret}')\n"
    (features / "environment.py").write_text("import logging\n" + skips + ends)
    (features / "shop.feature").unlink()
    (features / "other.feature").write_text(
        'Feature: Other\n  Scenario: Tell\n    Given I tell "@key"\n  Scenario: Out\n    Given I tell "@key"\n'
        '  Scenario Outline: Row <of>\n    Given I tell "<of>"\n    Then variable "x" is "<of>"\n'
        f"    Examples:\n      | of |\n      | {secret} |\n"
    )
    live = ("-o", "log_cli=true", "--log-file=all.log", "-o", "junit_logging=all", "--junitxml=junit.xml")
    ran = pytester.runpytest_subprocess("features", "-v", "-rA", *live)
    ran.stdout.fnmatch_lines(["*Captured stdout call*", "of a process [*][*][*]"])
    ran.stdout.fnmatch_lines(
        [
            "SKIPPED [[]1[]] features/other.feature:4: has [*][*][*]",
            "FAILED features/other.feature::Row [*][*][*] -- @1.1 - There is no variable #x",
        ]
    )
    junit, logged = (project / "junit.xml").read_text(), (project / "all.log").read_text()
    assert "logged ***" in logged
    assert "ends ***" in logged
    assert "logged ***" in junit
    assert secret not in ran.stdout.str() + ran.stderr.str() + junit + logged
    ran = pytester.runpytest_subprocess("features/other.feature::Row *** -- @1.1", "-s")
    ran.assert_outcomes(failed=1, warnings=1)


def test_mistakes_with_secrets(project: Path, pytester: pytest.Pytester) -> None:
    """A file that cannot be read is told of without the secrets in it."""
    (project / "features/config.ini").write_text("[secrets]\nkey = Sup3rS3cret-Val\n")
    (project / "features/other.feature").write_text("Feature: A\n  Scenario Sup3rS3cret-Val\n    Given x\n")
    for named in ("features", "features/other.feature:2"):
        ran = pytester.runpytest_inprocess(named)
        assert "Scenario ***" in ran.stdout.str() + ran.stderr.str()
        assert "Sup3rS3cret" not in ran.stdout.str() + ran.stderr.str()


def test_what_the_end_of_a_feature_logs(project: Path, pytester: pytest.Pytester) -> None:
    """It is captured, as what else belongs to the teardown of its last test."""
    (project / "features/environment.py").write_text(
        "import logging\ndef after_feature(context, feature):\n    logging.warning('it ends')\n    1 / 0\n"
    )
    ran = pytester.runpytest_inprocess("features/other.feature")
    ran.stdout.fnmatch_lines(["*Captured log teardown*", "WARNING * it ends"])


RULES = """\
Feature: Rules
  Rule: Old
    Scenario: First
      Given I store "a" under "b"
    Scenario: Second
      Given I store "a" under "b"
  Rule: New
    Scenario: Third
      Given I store "a" under "b"
    Scenario: Fourth
      Given I store "a" under "b"
"""


def test_hooks_of_rules_that_fail(project: Path, pytester: pytest.Pytester) -> None:
    """After a rule, it is an error of the last test of the rule; before a rule, each test of it fails, and says why."""
    (project / "features/shop.feature").write_text(RULES)
    (project / "features/environment.py").write_text(
        "def before_rule(context, rule): assert rule.name == 'Old', 'not new'\n"
        "def after_rule(context, rule): assert rule.name == 'New', 'not old'\n"
    )
    ran = pytester.runpytest_inprocess("features/shop.feature")
    ran.assert_outcomes(passed=2, failed=2, errors=1)
    ran.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of Scenario: Second*",
            '*the rule "Old"',
            "*Scenario: Third*",
            '*the rule "New"',
            "*Scenario: Fourth*",
            "It did not run: HOOK-ERROR in before_rule: * not new",
        ]
    )
    for line, outcomes in [(4, {"passed": 1, "errors": 1}), (10, {"failed": 1})]:
        ran = pytester.runpytest_inprocess(f"features/shop.feature:{line}")
        ran.assert_outcomes(**outcomes)
        assert ran.ret == pytest.ExitCode.TESTS_FAILED
        ran.stdout.no_fnmatch_line("*earlier scenario*")
