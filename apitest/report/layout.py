"""The lines of a run: a feature's heading, a scenario, its steps; painted, aligned, each a string without line end."""

from collections.abc import Sequence

from apitest.events import FeatureStarted, ScenarioFinished, ScenarioStarted, StepFinished
from apitest.progress import Progress
from apitest.report import text
from apitest.report.style import BOLD, DIM, QUIET, RED, YELLOW, Style

_SLOW = 1.0
_UNTIMED = ("skipped", "untested", "untested_undefined")
_STEPS_WIDTH, _TIME_WIDTH, _NAME_WIDTH = 10, 10, 30
_TABLE_ROWS, _TEXT_LINES = 12, 12


def heading(feature: FeatureStarted, style: Style) -> str:
    """A feature's name and, dim, its file."""
    uri = text.shorten(feature.uri, style.column - 4, style.ellipsis)
    if not feature.name:
        return style.paint(uri, BOLD)
    room = style.column - text.cells(uri) - 2
    between = "  "
    if room < text.cells(feature.name) and room < _NAME_WIDTH:
        room, between = style.column, "\n"
    name = text.shorten(feature.name, room, style.ellipsis)
    return f"{style.paint(name, BOLD)}{between}{style.paint(uri, DIM)}"


def _name(scenario: ScenarioStarted | ScenarioFinished) -> str:
    return scenario.name or f"line {scenario.line}"


def scenario_heading(scenario: ScenarioStarted, style: Style) -> str:
    """A scenario that begins, with its place; for verbose reports."""
    place = text.shorten(f"{scenario.uri}:{scenario.line}", style.column - 4, style.ellipsis)
    name = text.shorten(_name(scenario), max(style.column - text.cells(place) - 4, _NAME_WIDTH), style.ellipsis)
    return f"  {style.paint(name, BOLD)}  {style.paint(place, DIM)}"


def scenario_line(scenario: ScenarioFinished, steps: int, style: Style) -> str:
    """A scenario's mark and name, and at the right its number of steps and its time."""
    room = style.column - 4 - _STEPS_WIDTH - _TIME_WIDTH
    note = _note(scenario)
    if note:
        return _noted_line(scenario, f" {style.dot} {note}", steps, room, style)
    name = text.pad(text.shorten(_name(scenario), room, style.ellipsis), room)
    if scenario.status in QUIET:
        name = name if scenario.status == "passed" else style.paint(name, DIM)
    else:
        name = style.paint(name, BOLD)
    return f"  {style.mark(scenario.status)} {name}{_numbers(scenario, steps, style)}".rstrip()


def tried_again_line(scenario: ScenarioFinished, steps: int, problem: str, style: Style) -> str:
    """A scenario that failed and is tried again: its name, which try it was, and what was wrong."""
    room = style.column - 4 - _STEPS_WIDTH - _TIME_WIDTH
    name = text.shorten(_name(scenario), room // 2, style.ellipsis)
    head = f"{name} {style.dot} try {scenario.attempt} failed: "
    shown = text.pad(head + text.shorten(problem, max(room - text.cells(head), 1), style.ellipsis), room)
    mark = style.mark("tried_again")
    return f"  {mark} {style.paint(shown, DIM)}{_numbers(scenario, steps, style)}".rstrip()


def _note(scenario: ScenarioFinished) -> str:
    """What there is to say of a scenario that passed."""
    if scenario.is_flaky:
        return f"passed at try {scenario.attempt}"
    return "" if scenario.checked else "checks nothing"


def _noted_line(scenario: ScenarioFinished, note: str, steps: int, room: int, style: Style) -> str:
    name = text.shorten(_name(scenario), room - text.cells(note), style.ellipsis)
    padding = " " * (room - text.cells(name) - text.cells(note))
    numbers = _numbers(scenario, steps, style)
    return f"  {style.mark(scenario.status)} {name}{style.paint(note, YELLOW)}{padding}{numbers}".rstrip()


def _numbers(scenario: ScenarioFinished, steps: int, style: Style) -> str:
    took = text.duration(scenario.seconds) if scenario.seconds and scenario.status not in _UNTIMED else ""
    counted = text.count(steps, "step") if steps else ""
    return style.paint(f"{counted:>{_STEPS_WIDTH}}", DIM) + _time(took, scenario.seconds, style)


def _time(took: str, seconds: float, style: Style) -> str:
    return style.paint(f"{took:>{_TIME_WIDTH}}", YELLOW if seconds >= _SLOW else DIM) if took else ""


def live_line(name: str, done: int, failed: int, style: Style) -> str:
    """The scenario in progress, and how many are done; never as wide as the terminal, so that it stays on one line."""
    counts = f"{done} done {style.dot} " + (f"{failed} failed {style.dot} " if failed else "") if done else ""
    shown = counts + text.shorten(name, max(style.column - 6 - text.cells(counts), 1), style.ellipsis)
    return f"  {style.paint(style.dot, YELLOW)} {style.paint(shown, DIM)}"


def progress_line(progress: Progress, style: Style) -> str:
    """How far a run of several workers is, and what runs, on one line."""
    parts = [f"{progress.finished} done"]
    parts += [f"{progress.failed} failed"] if progress.failed else []
    parts += [f"{progress.left} to go"]
    counts = f" {style.dot} ".join(parts)
    names = text.shorten(", ".join(progress.running), max(style.column - 9 - text.cells(counts), 1), style.ellipsis)
    told = f"{counts} {style.dot} {names}" if progress.running else counts
    return f"  {style.paint(style.dot, YELLOW)} {style.paint(told, DIM)}"


def step_lines(step: StepFinished, style: Style, timed: bool) -> list[str]:
    """A step with its mark: one that passed on one line, any other in full with its doc string and table.

    Args:
        step: the step.
        style: how to write.
        timed: whether its time stands at the right, and its doc string and table are shown even if it passed.
    """
    sentence = f"{step.keyword} {step.name}"
    ran = step.status not in ("skipped", "untested")
    took = text.duration(step.seconds) if timed and ran and step.seconds else ""
    room = style.column - 6 - (_TIME_WIDTH if timed else 0)
    if step.status in QUIET:
        note = f" {style.dot} not run, since {step.reason}" if step.reason else ""
        lines = [text.shorten(sentence, room - text.cells(note), style.ellipsis) + note]
        codes: tuple[str, ...] = (DIM,)
    else:
        lines = text.wrap(sentence, room)
        codes = (RED,) if step.failure is not None else (YELLOW,)
    time = " " * (room - text.cells(lines[0])) + _time(took, step.seconds, style) if took else ""
    shown = [f"    {style.mark(step.status)} {style.paint(lines[0], *codes)}{time}"]
    shown += (f"      {style.paint(line, *codes)}" for line in lines[1:])
    if timed or step.status not in QUIET:
        shown += _argument_lines(step, style)
    return shown


def _argument_lines(step: StepFinished, style: Style) -> list[str]:
    """A step's doc string and table, dim, below it."""
    lines: list[str] = []
    if step.text is not None:
        lines += ['"""', *_some(text.clean(step.text).split("\n"), _TEXT_LINES, style), '"""']
    if step.table:
        lines += _some(table_lines(step.table), _TABLE_ROWS, style)
    room = style.width - 8
    return [f"        {style.paint(text.shorten(line, room, style.ellipsis), DIM)}".rstrip() for line in lines]


def _some(lines: list[str], most: int, style: Style) -> list[str]:
    more = len(lines) - most
    return lines if more <= 1 else [*lines[:most], f"{style.ellipsis} {more} more lines"]


def table_lines(table: Sequence[Sequence[str]]) -> list[str]:
    """A data table, its columns aligned."""
    rows = [[text.clean(cell).replace("\n", "\\n") for cell in row] for row in table]
    widths = [max(map(text.cells, column)) for column in zip(*rows, strict=True)]
    return [
        "| " + " | ".join(text.pad(cell, width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]


def folded(number: int, reason: str, style: Style) -> str:
    """One line for steps that were not run, with the reason if there is one to tell."""
    told = f"{text.count(number, 'step')} not run{', since ' if reason else ''}{reason}"
    return f"    {style.mark('skipped')} {style.paint(told, DIM)}"
