"""TAP, as its harness reads it."""

import subprocess
from pathlib import Path

import pytest

from tests.apitest.report import consumers, samples
from tests.apitest.report.test_scenarios import RUNS
from tests.services.installation import find


@pytest.mark.parametrize(
    ("run", "told"), [("passing", "Tests=5"), ("failing", "Tests: 12 Failed: 9"), ("retried", "Tests: 2 Failed: 1")]
)
def test_a_harness_reads_it(run: str, told: str, tmp_path: Path) -> None:
    """Perl's own parser finds no fault with the lines, the plan and what stands below a line."""
    prove = find("prove")
    if prove is None:
        pytest.skip("there is no prove, which Perl brings")
    path = consumers.write("tap", RUNS[run], tmp_path / "report.tap")
    ran = subprocess.run([prove, "-e", "cat", path], check=False, capture_output=True, text=True, timeout=60)
    assert told in ran.stdout
    assert "Parse errors" not in ran.stdout
    assert (ran.returncode == 0) is (run == "passing")


def test_names_are_no_directives(tmp_path: Path) -> None:
    """A number sign or a line end in a name begins nothing."""
    told = samples.run(samples.feature(samples.scenario(4, "a # SKIP\\b\nnot ok 7", []), name=""))
    text = consumers.write("tap", told, tmp_path / "report.tap").read_text()
    assert text == f"TAP version 13\nok 1 - {samples.URI}: a \\# SKIP\\\\b not ok 7\n1..1\n"


def test_a_run_that_stops(tmp_path: Path) -> None:
    """It bails out, with the reason."""
    text = consumers.write("tap", samples.aborted(), tmp_path / "report.tap").read_text()
    assert "\nBail out! KeyboardInterrupt\n1..1\n" in text


def test_a_run_without_scenarios(tmp_path: Path) -> None:
    """Its plan says so."""
    text = consumers.write("tap", samples.nothing_there(), tmp_path / "report.tap").read_text()
    assert text == "TAP version 13\n1..0 # SKIP No scenario ran\n"


def test_a_rule_that_failed(tmp_path: Path) -> None:
    """It is a line with the place of the rule."""
    text = consumers.write("tap", samples.ruled(), tmp_path / "report.tap").read_text()
    assert 'not ok 3 - features/customers.feature:8, the rule "Two"\n' in text
    assert '  at: "features/customers.feature:8"\n' in text
