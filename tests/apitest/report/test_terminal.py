import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from apitest.errors import UsageError
from apitest.events import (
    Event,
    Exchange,
    FeatureStarted,
    RunFinished,
    RunStarted,
    ScenarioFinished,
    ScenarioStarted,
)
from apitest.progress import Progress
from apitest.report.terminal import TerminalReport, make_error_report, make_terminal_report
from tests.apitest import golden
from tests.apitest.report import samples

Run = Callable[[], list[Event]]


class Counting(io.StringIO):
    """A stream that counts how often it is flushed."""

    flushes = 0

    def flush(self) -> None:
        self.flushes += 1


class Terminal(Counting):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def report(told: list[Event], stream: io.StringIO | None = None, **options: bool | int) -> str:
    stream = stream or io.StringIO()
    chosen = {"color": False, "unicode": True, "width": 80, "verbose": False} | options
    listener = TerminalReport(stream, **chosen)  # type: ignore[arg-type]
    for event in told:
        listener(event)
    return stream.getvalue()


@pytest.mark.parametrize("sample", [samples.passing, samples.failing])
@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("verbose", [False, True])
def test_runs_look_as_they_did_when_somebody_looked_at_them(sample: Run, width: int, verbose: bool) -> None:
    """A run is shown at both widths, briefly and in full, exactly as in its golden file."""
    name = f"report/{sample.__name__}-{width}{'-verbose' if verbose else ''}.txt"
    golden.check(name, report(sample(), width=width, verbose=verbose))


@pytest.mark.parametrize("sample", [samples.dry, samples.aborted, samples.nothing_selected, samples.nothing_there])
def test_odd_runs(sample: Run) -> None:
    """Dry, interrupted and empty runs say so."""
    golden.check(f"report/{sample.__name__}.txt", report(sample()))


def test_colors() -> None:
    """Colours are written where they are wanted."""
    golden.check("report/failing-color.txt", report(samples.failing(), color=True))


@pytest.mark.parametrize("color", [False, True])
def test_without_unicode_only_the_projects_own_text_is_beyond_ascii(color: bool) -> None:
    """Without Unicode the report adds no character beyond ASCII of its own."""
    golden.check("report/passing-ascii.txt", report(samples.passing(), unicode=False))
    text = report(samples.failing(), unicode=False, color=color)
    assert {c for c in text if not c.isascii()} <= set("Łódź日本…")


@pytest.mark.parametrize("width", [70, 80, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Lines fit the terminal, but for commands to copy."""
    lines = report(samples.failing(), width=width).splitlines()
    assert [line for line in lines if len(line) > width and "apitest run" not in line] == []


def test_live_line_is_shown_and_erased() -> None:
    """On a terminal the scenario in progress is shown, and erased when its result is there."""
    stream = Terminal()
    listener = make_terminal_report(stream, {"COLUMNS": "80", "NO_COLOR": "1"}, verbose=False)
    for event in samples.feature(samples.scenario(4, "Create a customer", samples.request(5))):
        listener(event)
    head, shown, result, rest = stream.getvalue().replace("\r\x1b[2K", "\n\r").split("\n")
    assert (head, shown, rest) == ("Customers  features/customers.feature", "  · Create a customer", "")
    assert result.startswith("\r  ✓ Create a customer")


def test_live_line_gives_way_to_the_next() -> None:
    """A scenario that begins where none has ended takes the place of the one shown."""
    stream = Terminal()
    listener = make_terminal_report(stream, {"NO_COLOR": "1"}, verbose=False)
    listener(ScenarioStarted("a.feature", 1, "One", ()))
    listener(ScenarioStarted("a.feature", 9, "Two", ()))
    assert stream.getvalue() == "  · One\r\x1b[2K  · 1 done · Two"


def test_terminal_is_flushed_for_each_scenario_and_a_pipe_is_not() -> None:
    """The first scenario is seen at once everywhere; the next ones at once on a terminal only."""
    told = [ScenarioFinished("a.feature", line, "Quick", "passed", 0.001, None) for line in range(50)]
    pipe, terminal = Counting(), Terminal()
    for stream in (pipe, terminal):
        listener = make_terminal_report(stream, {}, verbose=False)
        listener(told[0])
        assert stream.flushes == 1
        for event in told[1:]:
            listener(event)
    assert (pipe.flushes, terminal.flushes) == (1, 50)


def test_slow_scenarios_are_seen_in_a_pipe_too() -> None:
    """What took a while is not kept back in a pipe."""
    stream = Counting()
    listener = make_terminal_report(stream, {}, verbose=False)
    for line in range(5):
        listener(ScenarioFinished("a.feature", line, "Slow", "passed", 1.0, None))
    assert stream.flushes == 5


def test_exchange_of_a_hook_is_shown_in_verbose_mode() -> None:
    """Requests made after the last step stand above the scenario's result."""
    told: list[Event] = [
        FeatureStarted("a.feature", 1, "A", ()),
        ScenarioStarted("a.feature", 2, "B", ()),
        Exchange("HTTP", "DELETE http://127.0.0.1/a", response="204 No Content"),
        ScenarioFinished("a.feature", 2, "B", "passed", 0.1, None),
    ]
    text = report(told, verbose=True)
    assert text.index("DELETE") < text.index("✓ B")


def test_a_control_character_cannot_steer_the_terminal() -> None:
    """Names and bodies with escape sequences are shown, not obeyed."""
    evil = "\x1b[2Jcleared\x07"
    bad = samples.CHECK._replace(problem=evil, actual=evil, exchange=samples.EXCHANGE._replace(response_body=evil))
    told = samples.run(
        samples.feature(
            samples.scenario(1, evil, [samples.step("Then", evil, 2, "failed", 0, bad)], "failed"), name=evil
        )
    )
    for verbose in (False, True):
        text = report(told, verbose=verbose)
        assert "\x1b" not in text and "\x07" not in text and "\\x1b[2Jcleared\\x07" in text


def test_reader_that_goes_away_does_not_end_the_run() -> None:
    """A closed pipe is not an error: the rest is written nowhere."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        listener = make_terminal_report(stream, {}, verbose=True)
        for event in samples.failing():
            listener(event)


def test_narrow_encodings_are_no_error(tmp_path: Path) -> None:
    """On a stream that knows ASCII only, typographic characters are spelt out and others numbered."""
    with (tmp_path / "out").open("w", encoding="ascii") as stream:
        listener = make_terminal_report(stream, {}, verbose=False)
        for event in samples.failing():
            listener(event)
    text = (tmp_path / "out").read_text("ascii")
    assert "Given ...)" in text and "\\u0141\\xf3d\\u017a" in text and "+ Create a customer" in text


def test_error_report() -> None:
    """An error outside a run is printed in the style of its stream."""
    stream = io.StringIO()
    make_error_report(stream, {"FORCE_COLOR": "1"})(UsageError("There is no x", "config.ini:3", "Give one"))
    assert stream.getvalue() == (
        "\x1b[1;31mThere is no x\x1b[0m\n  \x1b[36m→\x1b[0m \x1b[36mGive one\x1b[0m\n  \x1b[2mat config.ini:3\x1b[0m\n"
    )


def test_tries_that_do_not_count() -> None:
    """One takes a line, the last one is told of as usual, and what passed late is listed at the end."""
    first = ScenarioFinished("a.feature", 3, "Buy", "failed", 0.01, None, tried_again=True)
    told = [
        RunStarted("/p", False),
        FeatureStarted("a.feature", 1, "Shop", ()),
        ScenarioStarted("a.feature", 3, "Buy", ()),
        samples.step("Then", "it is there", 4, "failed", failure=samples.CHECK),
        first,
        ScenarioStarted("a.feature", 3, "Buy", (), attempt=2),
        samples.step("Then", "it is there", 4),
        first._replace(status="passed", attempt=2, tried_again=False),
        RunFinished({"scenarios": {"passed": 1}, "steps": {"passed": 1}}, 0.1, 0, "", flaky=1),
    ]
    lines = report(told).splitlines()
    assert lines[1].startswith("  ↻ Buy · try 1 failed: The value at /cust…r/name is another")
    assert lines[2].startswith("  ✓ Buy · passed at try 2")
    assert lines[4:] == [
        "Flaky",
        "  apitest run a.feature:3  # Buy",
        "",
        "1 scenario passed (1 flaky) · 1 step · 100 ms",
    ]
    assert "Then it is there" in report(told, verbose=True)


def test_quiet() -> None:
    """What passed is only counted; what failed is shown under its feature."""
    passed = ScenarioFinished("a.feature", 3, "Good", "passed", 2.0, None)
    told = [
        RunStarted("/p", False),
        FeatureStarted("a.feature", 1, "Shop", ()),
        ScenarioStarted("a.feature", 3, "Good", ()),
        passed,
        ScenarioStarted("a.feature", 3, "Good", ()),
        passed,
        ScenarioStarted("a.feature", 5, "Bad", ()),
        samples.step("Then", "it is there", 6, "failed", failure=samples.CHECK),
        passed._replace(line=5, name="Bad", status="failed"),
        RunFinished({"scenarios": {"passed": 2, "failed": 1}, "steps": {"passed": 1}}, 0.1, 1, ""),
    ]
    quiet, loud = report(told, quiet=True), report(told)
    assert "Good" not in quiet
    assert quiet.startswith("Shop  a.feature\n  ✗ Bad")
    assert "Slowest\n     2.0 s  Good  a.feature:3\n" in loud
    assert quiet.endswith("2 scenarios passed, 1 failed · 1 step · 100 ms\n")


def test_progress_is_for_who_watches() -> None:
    """On a terminal it is shown and erased; nothing of it is written anywhere else."""
    told = [Progress(3, 1, 2, ("Buy",))]
    assert report(told) == ""
    assert "3 done · 1 failed · 2 to go · Buy" in report(told, Terminal(), live=True)


def test_a_rule_that_failed() -> None:
    """It stands below its feature's name with its place, and among what failed with what runs it again."""
    shown = report(samples.ruled())
    assert (
        "\n  ! the rule in line 3\n\n      ValueError: no\n      at features/customers.feature:3, before_rule\n"
        in shown
    )
    assert '\n  ! the rule "Two"\n\n      RuntimeError: could not close\n' in shown
    assert '  apitest run features/customers.feature:8  # the rule "Two"\n' in shown
