"""A feature that runs once a run, wherever steps ask for it."""

import json
from pathlib import Path

import pytest

from apitest.shared import VARIABLE
from tests.apitest.runner.running import Runs
from tests.apitest.web import WebServer

ASKING = """\
Feature: {name}
  Background:
    Given I run "sign-in.feature" once

  Scenario: first of {name}
    Then variable "token" is "t-1"

  Scenario: second of {name}
    Then variable "token" is "t-1"
"""
SIGN_IN = """\
Feature: Sign in
  Background:
    Given I store "t-" under "start"
  Scenario: A token
    Given a count
    When this scenario is invoked
    And I store "#{start}1" under "token"
    Then variable "token" is "t-1"
"""
COUNT = """\
from pathlib import Path
from behave import given
@given("a count")
def count(context):
    with Path("count").open("a") as file:
        file.write("x")
"""
FILES = {
    "one.feature": ASKING.format(name="one"),
    "two.feature": ASKING.format(name="two"),
    "once/sign-in.feature": SIGN_IN,
    "steps/own.py": COUNT,
}


def test_it_runs_once(runs: Runs, tmp_path: Path) -> None:
    """Every scenario has what it stored, and it ran once, in no place of the run's own."""
    ran = runs(FILES)
    assert (ran.status, set(ran.scenarios.values()), len(ran.scenarios)) == (0, {"passed"}, 4)
    assert (tmp_path / "count").read_text() == "x"


def test_its_checks_are_not_those_of_who_asks(runs: Runs) -> None:
    """A scenario that only asks for it checks nothing, the first one no more than the others."""
    text = 'Feature: F\n  Scenario: S\n    Given I run "sign-in.feature" once\n'
    assert runs({**FILES, "one.feature": text}).runner.teller.unchecked == 1


def test_it_knows_nothing_of_who_asks(runs: Runs) -> None:
    """It starts from nothing, and the request of who asks stays as it was."""
    asking = """\
Feature: F
  Scenario: S
    Given address "http://127.0.0.1:1"
    And I store "mine" under "own"
    And I run "sign-in.feature" once
    Then variable "own" is "mine"
    And variable "token" is "t-1"
"""
    alone = 'Feature: F\n  Scenario: S\n    Then variable "own" exists\n'
    assert runs({**FILES, "one.feature": asking}).status == 0
    ran = runs({**FILES, "one.feature": asking, "once/sign-in.feature": alone})
    assert 'Unknown variable "#own"' in ran.failures[0].problem or "own" in ran.failures[0].problem
    assert ran.status != 0


def test_a_failure_is_that_of_the_first_who_asks(runs: Runs, tmp_path: Path) -> None:
    """It is not tried again: the others tell that it failed, and why."""
    bad = SIGN_IN.replace('is "t-1"', 'is "another"')
    ran = runs({**FILES, "once/sign-in.feature": bad})
    assert ran.status == 1
    assert (tmp_path / "count").read_text() == "x"
    first, *others = [failure.problem for failure in ran.failures]
    assert first.startswith('Then variable "token" is "another": ')
    assert len(others) == 3
    assert all("sign-in.feature failed before, and is run once: Then variable" in problem for problem in others)
    assert all("once/sign-in.feature:8, variable token" in problem for problem in others)
    assert ran.failures[0].where.endswith("once/sign-in.feature:8, variable token")


def test_a_failure_has_the_exchange_that_led_to_it(runs: Runs, web: WebServer) -> None:
    """What the other file sent and was answered, as of any step that fails."""
    steps = f'Given URL "{web.address}/echo"\n    When the URL is invoked\n    Then status is "500"\n'
    bad = f"Feature: A\n  Scenario: B\n    {steps}"
    failure = runs({**FILES, "once/sign-in.feature": bad}).failures[0]
    assert failure.exchange is not None and failure.exchange.request == f"GET {web.address}/echo"


def test_a_file_that_cannot_be_used(runs: Runs, subtests: pytest.Subtests) -> None:
    """The step that asks fails, with what is wrong and where."""
    for name, text, problem in [
        ("sing-in.feature", SIGN_IN, 'There is no file "sign-in.feature"'),
        ("sign-in.feature", "nonsense", "Feature"),
        ("sign-in.feature", "Feature: F\n  Scenario: S\n    Given nonsense\n", "Undefined step: nonsense"),
    ]:
        with subtests.test(problem):
            rest = {key: value for key, value in FILES.items() if key != "once/sign-in.feature"}
            (Path.cwd() / "features/once/sign-in.feature").unlink(missing_ok=True)
            ran = runs({**rest, f"once/{name}": text})
            assert problem in f"{ran.failures[0].problem} {ran.failures[0].fix}", ran.failures[0]
            assert ran.status != 0


def test_it_runs_by_itself_where_it_is_named(runs: Runs) -> None:
    """Its own path runs it as any other feature; that of the project does not."""
    assert "A token" not in runs(FILES).scenarios
    assert "A token" in runs({**FILES, "environment.py": "# imports zato.apitest\nimport zato.apitest\n"}).scenarios


def test_cookies_are_taken_over(runs: Runs, web: WebServer) -> None:
    """Those that servers set there go along with the requests of who asked."""
    login = f"""\
Feature: Sign in
  Scenario: A session
    Given address "{web.address}"
    And URL path "/set-cookie?session=abc"
    When the URL is invoked
    Then cookie "session" is "abc"
"""
    asking = f"""\
Feature: F
  Scenario: S
    Given I run "sign-in.feature" once
    And address "{web.address}"
    And URL path "/headers"
    When the URL is invoked
    Then cookie "session" is "abc"
  Scenario: T
    Given I run "sign-in.feature" once
    And address "{web.address}"
    And URL path "/headers"
    When the URL is invoked
    Then cookie "session" is "abc"
"""
    ran = runs({"one.feature": asking, "once/sign-in.feature": login})
    assert ran.status == 0, ran.failures
    assert [headers.get("Cookie") for _, _, headers, _ in web.requests][1:] == ["session=abc", "session=abc"]


def test_processes_share_it(runs: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process of the same run takes over what the first one left, with its secrets."""
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setenv(VARIABLE, str(shared))
    secret = SIGN_IN.replace("Given a count", 'Given a count\n    And bearer token "very-secret"')
    for _ in range(2):
        ran = runs({**FILES, "once/sign-in.feature": secret})
        assert ran.status == 0
        assert "very-secret" in ran.runner.state.secrets
    assert (tmp_path / "count").read_text() == "x"
    kept = [json.loads(file.read_text()) for file in shared.iterdir() if file.suffix != ".lock"]
    assert [each["variables"]["token"] for each in kept] == ["t-1"]


def test_what_it_stores_as_a_secret_is_one(runs: Runs) -> None:
    """A variable that is a secret by its name is hidden from whoever asks, as one of their own would be."""
    ran = runs(
        {
            "a.feature": 'Feature: F\n  Scenario: S\n    * I run "p.feature" once\n    * variable "password" is "x"\n',
            "once/p.feature": 'Feature: P\n  Scenario: P\n    Given I store "hunterhunter2zz" under "password"\n',
        }
    )
    (failure,) = ran.failures
    assert "hunterhunter2zz" in ran.runner.state.secrets
    assert "hunterhunter2zz" not in str(failure)


def test_steps_that_own_steps_run_bring_their_secrets(runs: Runs) -> None:
    """As if they stood in the scenario."""
    own = "from behave import given\n@given('mine')\ndef mine(context):\n    context.execute_steps('{}')\n"
    ran = runs(
        {
            "a.feature": "Feature: F\n  Scenario: S\n    Given mine\n",
            "steps/own.py": own.format('Given I store "hunterhunter2zz" under "password"'),
        }
    )
    assert ran.status == 0
    assert "hunterhunter2zz" in ran.runner.state.secrets
