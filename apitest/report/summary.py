"""The end of a run: what failed, each ready to be run again, and the totals."""

import shlex
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from apitest.events import RunFinished, ScenarioFinished
from apitest.report import text
from apitest.report.style import BOLD, CYAN, DIM, RED, STATES, YELLOW, Style

_LISTED = 50
_ORDER = ("passed", "failed", "in error", "undefined", "pending", "skipped", "not run")


class Failed(NamedTuple):
    """Something that failed.

    Attributes:
        place: what to run again; empty if nothing can be run.
        name: what it is called.
        line: in the file.
        cause: the place of the failure that it follows from; empty if it is a cause itself.
    """

    place: str
    name: str
    line: int = 0
    cause: str = ""


def summary_lines(
    run: RunFinished,
    failed: list[Failed],
    ran: int,
    fixable: bool,
    style: Style,
    options: Sequence[str] = (),
    flaky: Sequence[Failed] = (),
    slowest: Sequence[ScenarioFinished] = (),
) -> list[str]:
    """The last lines of a report.

    Args:
        run: the end of the run.
        failed: all that failed.
        ran: how many scenarios were started.
        fixable: whether an undefined step could be corrected by the runner.
        style: how to write.
        options: of the run, which a run of what failed needs as well.
        flaky: what passed, but not at the first try.
        slowest: what took longest, the slowest first.
    """
    lines: list[str] = []
    if slowest:
        lines += [style.paint("Slowest", BOLD), *_slowest_lines(slowest, style), ""]
    if flaky:
        lines += [style.paint("Flaky", BOLD, YELLOW), *_failed_lines(list(flaky), style, options), ""]
    if failed:
        causes, consequences = ([one for one in failed if bool(one.cause) is follows] for follows in (False, True))
        lines += [style.paint("Failed", BOLD, RED), *_failed_lines(causes, style, options), ""] if causes else []
        if consequences:
            lines += [style.paint("Failed as a consequence", BOLD), *_failed_lines(consequences, style, options), ""]
    if fixable:
        lines += [_fix_hint(style), ""]
    if run.aborted:
        lines += [style.paint(f"Stopped before the end: {_reason(run.aborted)}", YELLOW)]
    return [*lines, *_totals(run, ran, bool(failed), style).split("\n")]


def _slowest_lines(scenarios: Sequence[ScenarioFinished], style: Style) -> list[str]:
    column = min(max(text.cells(scenario.name) for scenario in scenarios), max(style.width // 2 - 8, 20))
    lines = []
    for scenario in scenarios:
        took = style.paint(f"{text.duration(scenario.seconds):>8}", YELLOW)
        name = text.pad(text.shorten(scenario.name, column, style.ellipsis), column)
        room = max(style.width - column - 14, 20)
        place = text.shorten(f"{scenario.uri}:{scenario.line}", room, style.ellipsis)
        lines.append(f"  {took}  {name}  {style.paint(place, DIM)}")
    return lines


def _failed_lines(failed: list[Failed], style: Style, options: Sequence[str]) -> list[str]:
    listed = failed[:_LISTED]
    commands = [_command(item, options) for item in listed]
    column = min(max(map(text.cells, commands)), style.column // 2 + 4)
    lines = [_failed_line(item, command, column, style) for item, command in zip(listed, commands, strict=True)]
    more = len(failed) - _LISTED
    return [*lines, f"  {style.ellipsis} {more} more"] if more > 0 else lines


def _failed_line(item: Failed, command: str, column: int, style: Style) -> str:
    if not command:
        return f"  {text.shorten(item.name, style.width - 2, style.ellipsis)}"
    room = style.width - max(column, text.cells(command)) - 6
    told = f"{item.name}, follows from {item.cause}" if item.cause else item.name
    name = text.shorten(told, max(room, 20), style.ellipsis)
    return f"  {text.pad(command, column)}  {style.paint(f'# {name}', DIM)}"


def _command(item: Failed, options: Sequence[str]) -> str:
    """What to type to run it again, or the place of a consequence; empty if nothing can be run."""
    if not item.place:
        return ""
    place = f"{item.place}:{item.line}" if item.line else item.place
    if item.cause:  # by itself it would lack what another scenario stores
        return text.clean(place)
    return f"apitest run {shlex.join(map(text.clean, (*options, place)))}"


def _fix_hint(style: Style) -> str:
    command = style.paint("apitest run --fix", CYAN)
    return f"{style.paint(style.arrow, CYAN)} {command} corrects undefined steps that are close to a sentence"


def _reason(reason: str) -> str:
    return "interrupted" if reason in ("KeyboardInterrupt", "Interrupted") else text.clean(reason)


def _totals(run: RunFinished, ran: int, failed: bool, style: Style) -> str:
    scenarios = _by_word(run.counts.get("scenarios", {}))
    total = sum(scenarios.values())
    took = text.duration(run.seconds)
    if not total:
        return f"{style.paint('No scenarios found', YELLOW)} {style.paint(f'{style.dot} {took}', DIM)}"
    if not ran and not failed and not run.aborted and not run.chosen:
        left_out = f"No scenario matches: {text.count(total, 'scenario')} left out by tags, names or lines"
        return f"{style.paint(left_out, YELLOW)} {style.paint(f'{style.dot} {took}', DIM)}"
    counts = run.counts.get("steps", {})
    numbers = f" {style.dot} ".join([*_step_numbers(_by_word(counts)), took])
    fits = len(_scenarios(scenarios, run, Style())) + len(numbers) + len(" . ") <= style.width
    between = style.paint(f" {style.dot} ", DIM) if fits else "\n"
    return _scenarios(scenarios, run, style) + between + style.paint(numbers, DIM)


def _scenarios(numbers: Mapping[str, int], run: RunFinished, style: Style) -> str:
    """The numbers of scenarios in each state, and how many of those that passed had checked nothing."""
    parts = _parts(numbers, style)
    if run.unchecked and parts:
        told = f"({run.unchecked} {'checks' if run.unchecked == 1 else 'check'} nothing)"
        parts[0] += f" {style.paint(told, BOLD, YELLOW)}"
    if run.flaky and parts:
        parts[0] += f" {style.paint(f'({run.flaky} flaky)', BOLD, YELLOW)}"
    if run.consequences:
        parts[-1] += style.paint(f" ({text.count(run.consequences, 'consequence')})", DIM)
    return ", ".join(parts)


def _parts(scenarios: Mapping[str, int], style: Style) -> list[str]:
    """The numbers of each state in words, the first with its noun."""
    colors = {state.word: state.color for state in STATES.values()}
    parts: list[str] = []
    for word in _ORDER:
        number = scenarios.get(word, 0)
        if number:
            what = f"{number} {word}" if parts else f"{text.count(number, 'scenario')} {word}"
            codes = (colors[word],) if word in ("skipped", "not run") else (BOLD, colors[word])
            parts.append(style.paint(what, *codes))
    return parts


def _by_word(counts: Mapping[str, int]) -> dict[str, int]:
    words: dict[str, int] = {}
    for status, number in counts.items():
        word = STATES[status].word if status in STATES else status
        words[word] = words.get(word, 0) + number
    return words


def _step_numbers(words: Mapping[str, int]) -> list[str]:
    """How many steps ran and how many nothing defines, where there are any."""
    undefined = words.get("undefined", 0)
    ran = sum(words.values()) - undefined - words.get("skipped", 0) - words.get("not run", 0)
    if not ran:
        return [text.count(undefined, "undefined step")] if undefined else []
    return [text.count(ran, "step") + (f", {undefined} undefined" if undefined else "")]
