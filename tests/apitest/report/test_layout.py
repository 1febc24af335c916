from apitest.events import FeatureStarted, ScenarioFinished
from apitest.progress import Progress
from apitest.report import layout
from apitest.report.style import Style
from tests.apitest.report.samples import step

NARROW = Style(width=50)


def test_heading() -> None:
    """A feature is headed by its name and its file, on two lines if they are long, by its file if it has no name."""
    for name, uri, shown in (
        ("Orders", "a.feature", "Orders  a.feature"),
        ("", "a.feature", "a.feature"),
        (
            "Orders and their lines",
            "features/of/orders/and/lines.feature",
            "Orders and their lines\nfeatures/of/orders/and/lines.feature",
        ),
        ("n" * 60, "a.feature", "nnnnnnnnnnnnnnnnnnn…nnnnnnnnnnnnnnnnnnn  a.feature"),
    ):
        assert layout.heading(FeatureStarted(uri, 1, name, ()), NARROW) == shown


def test_numbers_are_aligned_whatever_the_name() -> None:
    """Steps and times end in the same column under names of any length and script."""
    names = ("short", "x" * 99, "日本語", "日" * 50)
    lines = [layout.scenario_line(ScenarioFinished("a", 1, name, "passed", 0.01, None), 3, NARROW) for name in names]
    assert {line.rindex("10 ms") + line.count("日") + line.count("本") + line.count("語") for line in lines} == {45}


def test_slow_scenarios_stand_out() -> None:
    """A time of a second or more is yellow."""
    line = layout.scenario_line(ScenarioFinished("a", 1, "x", "passed", 1.0, None), 1, Style(color=True))
    assert "\x1b[33m     1.0 s\x1b[0m" in line


def test_steps_that_passed_take_one_line_and_others_all_they_need() -> None:
    """A long step is shortened if it passed and wrapped if it did not."""
    name = "word " * 12
    assert len(layout.step_lines(step("Given", name, 1), NARROW, timed=False)) == 1
    assert layout.step_lines(step("Given", name, 1, "failed"), NARROW, timed=False) == [
        "    ✗ Given word word word word word word word",
        "      word word word word word",
    ]


def test_long_arguments_are_shortened() -> None:
    """Of a long doc string and a long table the first lines are shown."""
    table = tuple((str(i),) for i in range(20))
    lines = layout.step_lines(step("Then", "x", 1, "failed", text="a\n" * 30, table=table), NARROW, timed=False)
    assert [line.strip() for line in lines if "more" in line] == ["… 19 more lines", "… 8 more lines"]


def test_table() -> None:
    """Cells are aligned; line ends in them are told."""
    assert layout.table_lines((("a", "日本"), ("bcd", "e\nf"))) == ["| a   | 日本 |", "| bcd | e\\nf |"]


def test_a_scenario_that_checks_nothing() -> None:
    """Its line says so, and the columns stay where they are."""
    passed = ScenarioFinished("a.feature", 1, "One", "passed", 0.01, None)
    usual, unchecked = (layout.scenario_line(passed._replace(checked=checked), 2, Style()) for checked in (True, False))
    assert "One · checks nothing" in unchecked
    assert len(unchecked) == len(usual)
    long = layout.scenario_line(passed._replace(name="n" * 200, checked=False), 2, Style())
    assert len(long) == len(usual)


def test_a_step_that_was_not_run() -> None:
    """It says why; so does the line that stands for several of them."""
    skipped = step("Then", "status is x", 1, "skipped")._replace(reason="the step in line 4 did not pass")
    (line,) = layout.step_lines(skipped, Style(), timed=True)
    assert line.endswith("Then status is x · not run, since the step in line 4 did not pass")
    assert layout.folded(2, skipped.reason, Style()).endswith("2 steps not run, since the step in line 4 did not pass")
    assert layout.folded(1, "", Style()).endswith("1 step not run")


def test_tries() -> None:
    """A try that does not count says what was wrong, as far as there is room, and a later one that it was late."""
    first = ScenarioFinished("a", 1, "Buy", "failed", 0.01, None, attempt=1, tried_again=True)
    assert layout.tried_again_line(first, 3, "It is not there", NARROW) == (
        "  ↻ Buy · try 1 failed: It …re   3 steps     10 ms"
    )
    later = ScenarioFinished("a", 1, "Buy", "passed", 0.01, None, attempt=2)
    assert layout.scenario_line(later, 3, NARROW) == "  ✓ Buy · passed at try 2        3 steps     10 ms"


def test_progress() -> None:
    """One line, whatever runs: numbers first, then names as far as there is room."""
    assert layout.progress_line(Progress(12, 0, 3, ("A", "B")), NARROW) == "  · 12 done · 3 to go · A, B"
    assert layout.progress_line(Progress(12, 1, 3, ()), NARROW) == "  · 12 done · 1 failed · 3 to go"
    long = layout.progress_line(Progress(12, 1, 3, ("x" * 99,)), NARROW)
    assert len(long) < 50
    assert layout.live_line("A", 0, 0, NARROW) == "  · A"
    assert layout.live_line("A", 2, 1, NARROW) == "  · 2 done · 1 failed · A"
