"""Annotations for GitHub Actions."""

from pathlib import Path

import pytest

from apitest.report import github
from apitest.report.target import Target
from tests.apitest.report import consumers, samples
from tests.apitest.report.test_scenarios import retried


def lines(told: list[object], path: Path) -> list[str]:
    """The commands of a report."""
    return consumers.write("github", told, path).read_text().splitlines()  # type: ignore[arg-type]  # events


def test_failures_stand_at_their_lines(tmp_path: Path) -> None:
    """Each names the file and the line of its step; what it says is on one line."""
    found = lines([*samples.failing()], tmp_path / "report")
    assert found[0].startswith(
        "::error file=features/customers.feature,line=28,title=Failed%3A Read a customer back::"
        "The value at /customer/name is another%0A  expected"
    )
    assert any(
        line.startswith("::error file=features/broken.feature,line=3,title=FeatureFileError::") for line in found
    )
    assert any(line.startswith("::error title=ValueError::environment.py, after_all: ValueError: no") for line in found)
    assert (
        found[-1]
        == "::notice title=apitest::Scenarios: 2 passed, 2 failed, 2 error, 1 hook_error, 1 undefined, 1 skipped"
    )


def test_what_passes_when_tried_again(tmp_path: Path) -> None:
    """It is a warning; the tries before are no errors."""
    found = lines([*retried()], tmp_path / "report")
    assert [line.partition("::")[2][:7] for line in found] == ["warning", "error f", "notice "]
    assert "title=Flaky%3A Now and then::It passed only at try 2" in found[0]


def test_nothing_in_a_text_is_a_command(tmp_path: Path) -> None:
    """Line ends, percent signs, colons and commas are escaped."""
    step = samples.step(
        "Then", "x", 5, "failed", failure=samples.CHECK._replace(problem="100 %\n::error::x", exchange=None)
    )
    told = samples.run(samples.feature(samples.scenario(4, "a,b::c\r", [step], "failed")))
    first, last = lines([*told], tmp_path / "report")
    assert "title=Failed%3A a%2Cb%3A%3Ac%0D::100 %25%0A::error::x%0A" in first
    assert last.startswith("::notice")


def test_files_are_those_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that was started in a directory below names them from there; without a file it is standard output."""
    (tmp_path / "tests").mkdir()
    monkeypatch.chdir(tmp_path / "tests")
    with github.opened(Target(environ={"GITHUB_WORKSPACE": str(tmp_path)})) as listen:
        for event in samples.failing():
            listen(event)
    assert capsys.readouterr().out.startswith("::error file=tests/features/customers.feature,line=28,")


def test_a_rule_that_failed(tmp_path: Path) -> None:
    """The error stands at the line of the rule."""
    found = lines([*samples.ruled()], tmp_path / "report")
    assert found[1].startswith(
        "::error file=features/customers.feature,line=8,title=RuntimeError::"
        'features/customers.feature:8, the rule "Two": RuntimeError: could not close'
    )
