"""A password that stands in a step's text is in no output of a run, whatever formatter or report writes it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from apitest import events
from apitest.runner.redacted import redact_feature
from tests.apitest.runner.running import Runs

PASSWORD = "s3cr3t-of-joe"
FEATURE = f"""
Feature: A password in its steps
  Scenario: One
    Given I store "postgresql://joe:{PASSWORD}@127.0.0.1/shop" under "url"
    And I store text under "more"
      \"\"\"
      mysql://joe:{PASSWORD}@127.0.0.1/shop
      \"\"\"
    And paths in request are
      | path | value                                 |
      | /url | sqlite://joe:{PASSWORD}@/shop.db |
    Then status is "200"
"""
FORMATS = ("pretty", "plain", "json", "json.pretty", "progress3", "steps.usage")
OPTIONS = [
    [],
    ["--verbose"],
    *(["-f", name] for name in FORMATS),
    *(["-f", name, "--color=on"] for name in ("pretty", "plain")),
    ["-f", "plain", "-f", "pretty"],
    ["-f", "json", "-o", "out/report.json"],
    ["--junit", "--junit-directory", "out"],
    ["--events", "out/events.jsonl"],
]


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_no_output_shows_it(options: list[str], tmp_path: Path) -> None:
    """Neither the terminal nor any file that the run writes has the password; what ran is told."""
    (tmp_path / "one.feature").write_text(FEATURE)
    (tmp_path / "out").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "apitest", "run", str(tmp_path / "one.feature"), *options],
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    told = done.stdout + done.stderr + "".join(path.read_text("utf-8") for path in (tmp_path / "out").iterdir())
    assert "A password in its steps" in told or "joe:***@" in told
    assert PASSWORD not in told


OWN = """
import logging, sys
from behave import step

@step("it fails with {word}")
def fails(context, word):
    print(word)
    print("error of", word, file=sys.stderr)
    logging.getLogger("own").warning("log of %s", word)
    raise ValueError(word, (word, 1))
"""


def test_secrets_of_the_run(runs: Runs) -> None:
    """What a report of behave's reads of a feature holds none: texts, exceptions, messages, output; events neither."""
    text = 'Feature: F\n  Scenario: A\n    Given it fails with s3cret-word\n      """\n      s3cret-word\n      """\n'
    run = runs({"a.feature": text, "steps/own.py": OWN}, prepare=lambda state: state.secrets.add("s3cret-word"))
    feature = run.runner.feature
    redact_feature(feature, run.runner.state.secrets)
    scenario = feature.scenarios[0]
    step = scenario.steps[0]
    assert step.exception.args == ("***", ("***", 1))
    shown = (step.name, step.text, step.error_message, scenario.captured.output, step.captured.output)
    assert "error of" in step.captured.stderr
    assert "s3cret-word" not in f"{shown} {run.of(events.StepFinished)}"
