from apitest.events import RunFinished, ScenarioFinished
from apitest.report.style import Style
from apitest.report.summary import Failed, summary_lines


def lines(
    listed: list[Failed], /, *, fixable: bool = False, aborted: str = "", width: int = 100, **scenarios: int
) -> list[str]:
    ended = RunFinished({"scenarios": scenarios, "steps": {"passed": 7, "skipped": 2}}, 0.5, 0, aborted)
    return summary_lines(ended, listed, 1, fixable, Style(width=width))


def test_success_is_one_line() -> None:
    """Where nothing failed there are totals and nothing else; steps that did not run are not counted."""
    assert lines([], passed=1) == ["1 scenario passed · 7 steps · 500 ms"]


def test_failed_scenarios_are_commands() -> None:
    """What failed can be pasted into a shell, files with spaces, too."""
    failed = [
        Failed("a b.feature", "One", 3),
        Failed("c.feature", "Two", 12),
        Failed("", "environment.py, after_all: x"),
    ]
    assert lines(failed, failed=2)[:4] == [
        "Failed",
        "  apitest run 'a b.feature:3'  # One",
        "  apitest run c.feature:12     # Two",
        "  environment.py, after_all: x",
    ]


def test_many_failures_are_not_all_listed() -> None:
    """The list ends after fifty."""
    shown = lines([Failed("c.feature", "Two", i + 1) for i in range(60)], failed=60)
    assert shown[50:53] == ["  apitest run c.feature:50  # Two", "  … 10 more", ""]


def test_states_unknown_here_are_counted() -> None:
    """All of behave's states have their word, and several states may share one."""
    assert lines([], error=1, hook_error=2, untested=3, untested_undefined=1)[-1].startswith(
        "3 scenarios in error, 1 undefined, 3 not run"
    )


def test_aborted_runs_tell_why() -> None:
    """A reason is told before the totals."""
    assert lines([], aborted="before_all failed", untested=2) == [
        "Stopped before the end: before_all failed",
        "2 scenarios not run · 7 steps · 500 ms",
    ]


def test_totals_of_two_lines() -> None:
    """Totals too long for a line take two."""
    assert lines([], width=40, passed=100, failed=200, skipped=300) == [
        "100 scenarios passed, 200 failed, 300 skipped",
        "7 steps · 500 ms",
    ]


def test_undefined_steps_are_counted() -> None:
    """How many steps nothing defines is told, whatever state behave gives their scenarios."""
    ended = RunFinished({"scenarios": {"error": 1}, "steps": {"passed": 7, "undefined": 2}}, 0.5, 2, "")
    assert summary_lines(ended, [], 1, False, Style()) == ["1 scenario in error · 7 steps, 2 undefined · 500 ms"]


def test_consequences_stand_behind_their_causes() -> None:
    """They are listed by their places, since they cannot run by themselves, and counted."""
    failed = [Failed("a.feature", "Use", 7, "a.feature:3"), Failed("a.feature", "Log in", 3)]
    ended = RunFinished({"scenarios": {"failed": 1, "error": 1}, "steps": {}}, 0.5, 1, "", consequences=1)
    assert summary_lines(ended, failed, 1, False, Style(width=100)) == [
        "Failed",
        "  apitest run a.feature:3  # Log in",
        "",
        "Failed as a consequence",
        "  a.feature:7  # Use, follows from a.feature:3",
        "",
        "1 scenario failed, 1 in error (1 consequence) · 500 ms",
    ]


def test_scenarios_that_check_nothing_are_counted() -> None:
    """They stand beside those that passed."""
    ended = RunFinished({"scenarios": {"passed": 3, "skipped": 1}, "steps": {}}, 0.5, 0, "", unchecked=2)
    assert summary_lines(ended, [], 1, False, Style()) == ["3 scenarios passed (2 check nothing), 1 skipped · 500 ms"]


def test_flaky_scenarios_are_counted_and_listed() -> None:
    """What passed at a later try only stands by itself, ready to be run again."""
    ended = RunFinished({"scenarios": {"passed": 3}, "steps": {}}, 0.5, 0, "", flaky=1)
    assert summary_lines(ended, [], 3, False, Style(), flaky=[Failed("a.feature", "Buy", 7)]) == [
        "Flaky",
        "  apitest run a.feature:7  # Buy",
        "",
        "3 scenarios passed (1 flaky) · 500 ms",
    ]


def test_the_slowest_in_a_narrow_window() -> None:
    """A long path leaves room for the name; both lose their middles."""
    name, place = "A till that does not acknowledge", "/far/away/in/a/project/of/somebody/features/shop.feature"
    ended = RunFinished({"scenarios": {"passed": 1}, "steps": {}}, 0.5, 0, "")
    slow = [ScenarioFinished(place, 12, name, "passed", 1.5, None)]
    line = summary_lines(ended, [], 1, False, Style(width=60), slowest=slow)[1]
    assert line == "     1.5 s  A till that…cknowledge  /far/away/in….feature:12"


def test_the_slowest_are_listed() -> None:
    """Each with its time and its place, in columns."""
    slow = [
        ScenarioFinished("a.feature", 7, "Buy", "passed", 12.34, None),
        ScenarioFinished(
            "/far/away/in/a/project/of/somebody/features/shop.feature", 12, "Sell again", "passed", 1.5, None
        ),
    ]
    ended = RunFinished({"scenarios": {"passed": 1}, "steps": {}}, 0.5, 0, "")
    assert summary_lines(ended, [], 1, False, Style(), slowest=slow) == [
        "Slowest",
        "    12.3 s  Buy         a.feature:7",
        "     1.5 s  Sell again  /far/away/in/a/project/of/somebody/features/shop.feature:12",
        "",
        "1 scenario passed · 500 ms",
    ]


def test_scenarios_that_hooks_skipped() -> None:
    """Where tags, names and lines chose some, it is not said that they left all of them out."""
    ended = RunFinished({"scenarios": {"skipped": 2}, "steps": {"skipped": 4}}, 0.5, 0, "", chosen=True)
    assert summary_lines(ended, [], 0, False, Style()) == ["2 scenarios skipped · 500 ms"]
    assert summary_lines(ended._replace(chosen=False), [], 0, False, Style())[0].startswith("No scenario matches")
