"""The report on the terminal: a listener that writes a line a scenario, and all that a person needs where one fails."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO

from apitest import events
from apitest.errors import ApitestError
from apitest.events import Listener
from apitest.progress import Progress
from apitest.report import failure, layout
from apitest.report.exchange import exchange_lines
from apitest.report.output import Output, prepare
from apitest.report.slowest import Slowest
from apitest.report.style import QUIET, YELLOW, Style, detect, is_live
from apitest.report.summary import Failed, summary_lines
from apitest.report.target import Target
from apitest.report.text import shorten, wrap

FILE = ""
wants_exchanges = False
wants_passed = False
_INDENT = 6
# What was written last: a block (a failure, an exchange) has a blank line below it, whatever follows.
_NOTHING, _LINE, _BLOCK = range(3)


@contextmanager
def opened(target: Target) -> Iterator[Listener]:
    """A report on standard output."""
    report = make_terminal_report(sys.stdout, target.environ, target.verbose, target.fixing, target.quiet)
    yield report if target.summary else lambda event: None if type(event) is events.RunFinished else report(event)


def make_terminal_report(
    stream: TextIO, environ: Mapping[str, str], verbose: bool, fixing: bool = False, quiet: bool = False
) -> "TerminalReport":
    """A report for a stream, in the style that the stream and the environment ask for."""
    style = detect(stream, environ)
    prepare(stream, style.color)
    live = is_live(stream, environ) and not verbose
    return TerminalReport(
        stream,
        color=style.color,
        unicode=style.unicode,
        width=style.width,
        verbose=verbose,
        live=live,
        fixing=fixing,
        quiet=quiet and not verbose,
    )


def make_error_report(stream: TextIO, environ: Mapping[str, str] = os.environ) -> Callable[[ApitestError], None]:
    """What prints an error that ends the command, in the style of the stream."""
    style = detect(stream, environ)
    prepare(stream, style.color)
    return lambda error: failure.print_error(error, stream, style)


class TerminalReport:
    """Writes what happens in a run for a person to read.

    Args:
        stream: where to write.
        color: whether to write escape sequences for colours.
        unicode: whether to write characters beyond ASCII by itself.
        width: columns of a line.
        verbose: every step with its time and every exchange in full, as they happen.
        live: the scenario in progress is shown on the last line, and erased.
        fixing: undefined steps are being corrected, so that nobody needs to be told how that is done.
        quiet: only what went wrong and the totals.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        color: bool,
        unicode: bool,
        width: int,
        verbose: bool,
        live: bool = False,
        fixing: bool = False,
        quiet: bool = False,
    ) -> None:
        self._output = Output(stream, live, eager=verbose)
        self._style = Style(color, unicode, width)
        self._verbose = verbose
        self._live = live
        self._last = _NOTHING
        self._feature: events.FeatureStarted | None = None
        self._uri = ""
        self._options: tuple[str, ...] = ()
        self._steps: list[events.StepFinished] = []
        self._exchanges: list[events.Exchange] = []
        self._shown: events.Exchange | None = None
        self._started = False
        self._ran = 0
        self._failed: list[Failed] = []
        self._flaky: list[Failed] = []
        self._fixable = False
        self._fixing = fixing
        self._quiet = quiet
        self._slowest = Slowest()
        self._take = self._takers()

    def _takers(self) -> dict[type, Callable[[Any], None]]:
        return {
            events.RunStarted: self._run_started,
            events.FeatureStarted: self._feature_started,
            events.ScenarioStarted: self._scenario_started,
            events.StepFinished: self._step_finished if self._verbose else self._steps.append,
            events.ScenarioFinished: self._scenario_finished,
            events.RuleFailed: self._rule_failed,
            events.FeatureFinished: self._feature_finished,
            events.FileFailed: self._file_failed,
            events.Exchange: self._exchanges.append if self._verbose else lambda event: None,
            events.Notice: self._notice,
            Progress: self._progress,
            events.RunFinished: self._run_finished,
        }

    def __call__(self, event: events.Event) -> None:
        """Takes an event of the run."""
        self._take[type(event)](event)

    def _indented(self, lines: Iterable[str]) -> list[str]:
        return [f"{'':{_INDENT}}{line}".rstrip() for line in lines]

    # ------------------------------------------------------------------ features and scenarios

    def _run_started(self, event: events.RunStarted) -> None:
        self._options = event.options

    def _feature_started(self, event: events.FeatureStarted) -> None:
        self._feature = event
        self._uri = event.uri

    def _gap(self, wanted: bool = False) -> list[str]:
        """A blank line if what comes next wants one above it or what came last was a block; never a first line."""
        gap = [""] if self._last == _BLOCK or (wanted and self._last) else []
        self._last = _LINE
        return gap

    def _head(self) -> list[str]:
        """The feature's heading if it was not shown yet: a feature without a scenario to run stays unseen."""
        feature, self._feature = self._feature, None
        return [*self._gap(wanted=True), layout.heading(feature, self._style)] if feature else []

    def _scenario_started(self, event: events.ScenarioStarted) -> None:
        self._uri = event.uri
        self._started = True
        self._shown = None
        self._ran += 1
        if self._verbose:
            self._output.write([*self._head(), *self._gap(), layout.scenario_heading(event, self._style)])
            self._output.flush(0)
        elif self._live:
            head = [] if self._quiet else self._head()
            if head:
                self._output.write(head)
            self._output.show(layout.live_line(event.name, self._ran - 1, len(self._failed), self._style))

    def _progress(self, event: Progress) -> None:
        if self._live:
            self._output.show(layout.progress_line(event, self._style))

    def _scenario_finished(self, event: events.ScenarioFinished) -> None:
        started, self._started = self._started, False
        steps = self._steps.copy()
        self._steps.clear()
        if not started and event.status == "skipped":
            return
        if event.tried_again:
            self._tried_again(event, steps)
            return
        self._slowest.take(event)
        if event.is_flaky:
            self._flaky.append(Failed(event.uri, event.name, event.line))
        failed = event.status not in QUIET or event.failure is not None
        if not failed and any(step.failure for step in steps):  # an undefined step of a dry run
            event, failed = event._replace(status="undefined"), True
        if self._quiet and not failed:
            return
        lines = [*self._head(), *self._exchange_lines(), *self._gap()]
        lines.append(layout.scenario_line(event, event.steps or len(steps), self._style))
        if failed:
            self._failed.append(Failed(event.uri, event.name, event.line, event.cause))
            lines += [] if self._verbose else self._all_steps(steps)
            lines += self._failure(event.failure, f"{event.uri}:{event.line}")
            self._last = _BLOCK
        elif self._verbose:
            self._last = _BLOCK
        self._output.write(lines)
        self._output.flush(event.seconds)

    def _tried_again(self, event: events.ScenarioFinished, steps: list[events.StepFinished]) -> None:
        """A try that does not count: one line; with --verbose, its steps stand above it."""
        self._ran -= 1
        if self._quiet:
            return
        found = next((step.failure for step in steps if step.failure), event.failure)
        problem, count = found.problem if found else event.status, event.steps or len(steps)
        line = layout.tried_again_line(event, count, problem, self._style)
        self._output.write([*self._head(), *self._exchange_lines(), *self._gap(), line])
        self._output.flush(event.seconds)

    def _feature_finished(self, event: events.FeatureFinished) -> None:
        if event.failure is not None:
            name = event.name or event.uri
            self._group_failed(name, event.failure, Failed(event.uri, f"the feature itself: {name}"))
        self._feature = None

    def _rule_failed(self, event: events.RuleFailed) -> None:
        self._group_failed(event.told, event.failure, Failed(event.uri, event.told, event.line))

    def _group_failed(self, name: str, found: events.Failure, failed: Failed) -> None:
        """A feature or a rule whose hook or clean-up failed."""
        name = shorten(name, self._style.column - 4, self._style.ellipsis)
        lines = [*self._head(), *self._gap(), f"  {self._style.mark('error')} {name}"]
        self._failed.append(failed)
        self._output.write([*lines, *self._failure(found, f"{failed.place}:{failed.line}".removesuffix(":0"))])

    # ------------------------------------------------------------------ steps

    def _step_finished(self, step: events.StepFinished) -> None:
        """Verbose: the step and what it exchanged, at once."""
        lines = [*self._gap(), *layout.step_lines(step, self._style, timed=True), *self._exchange_lines()]
        lines += self._failure(step.failure, f"{self._uri}:{step.line}")
        self._steps.append(step)
        self._output.write(lines)
        self._output.flush(0)

    def _exchange_lines(self) -> list[str]:
        lines: list[str] = []
        for exchange in self._exchanges:
            shown = exchange_lines(exchange, self._style, self._style.width - _INDENT, full=True)
            lines += [*self._gap(wanted=True), *self._indented(shown)]
            self._last = _BLOCK
            self._shown = exchange
        self._exchanges.clear()
        return lines

    def _all_steps(self, steps: list[events.StepFinished]) -> list[str]:
        """The steps of a scenario that failed, those that were not run folded into one line."""
        lines: list[str] = []
        left_out: list[events.StepFinished] = []
        for step in steps:
            if step.status == "skipped":
                left_out.append(step)
                continue
            lines += self._folded(left_out)
            left_out = []
            lines += [*self._gap(), *layout.step_lines(step, self._style, timed=False)]
            lines += self._failure(step.failure, f"{self._uri}:{step.line}")
        return lines + self._folded(left_out)

    def _folded(self, steps: list[events.StepFinished]) -> list[str]:
        return [*self._gap(), layout.folded(len(steps), steps[0].reason, self._style)] if steps else []

    def _failure(self, found: events.Failure | None, place: str) -> list[str]:
        if found is None:
            return []
        self._fixable |= found.kind == "UndefinedStep" and found.fix.startswith("Did you mean")
        width = self._style.width - _INDENT
        lines = failure.failure_lines(found, self._style, width, place, self._verbose)
        if found.exchange != self._shown:
            lines += failure.failure_exchange(found.exchange, self._style, width, self._verbose)
            self._shown = found.exchange or self._shown
        gap = self._gap(wanted=True)
        self._last = _BLOCK
        return [*gap, *self._indented(lines)]

    # ------------------------------------------------------------------ beside the features

    def _file_failed(self, event: events.FileFailed) -> None:
        place = event.uri if event.uri.endswith(".feature") else ""
        name = event.failure.problem if place else f"{event.uri}: {event.failure.problem}"
        if event.uri != "command line":  # the totals tell that nothing was chosen
            self._failed.append(Failed(place, name))
        head = f"{self._style.mark('error')} {event.uri}"
        lines = failure.failure_lines(event.failure, self._style, self._style.width - 2)
        self._output.write([*self._gap(wanted=True), head, *(f"  {line}".rstrip() for line in lines)])
        self._last = _BLOCK
        self._output.flush(0)

    def _notice(self, event: events.Notice) -> None:
        if self._verbose or not event.verbose_only:
            head, *rest = wrap(event.text, self._style.width - _INDENT)
            self._output.write([*self._gap(), f"{self._style.paint('note', YELLOW)}  {head}", *self._indented(rest)])

    def _run_finished(self, event: events.RunFinished) -> None:
        fixable, slowest = self._fixable and not self._fixing, () if self._quiet else self._slowest.found()
        found = (self._failed, self._ran, fixable, self._style, self._options, self._flaky, slowest)
        lines = summary_lines(event, *found)
        self._output.write([*self._gap(wanted=True), *lines])
        self._output.flush()
