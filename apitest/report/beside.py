"""What behave's formatters leave out, told beside them: broken files, undefined steps, failed hooks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from apitest import events
from apitest.events import Failure, Listener
from apitest.report import failure
from apitest.report.output import Output, prepare
from apitest.report.style import BOLD, CYAN, YELLOW, Style, detect
from apitest.report.target import Target
from apitest.report.text import count, wrap

FILE = ""
wants_exchanges = False
wants_passed = False


@contextmanager
def opened(target: Target) -> Iterator[Listener]:
    """A report on standard output, where one of behave's formatters writes as well."""
    style = detect(sys.stdout, target.environ)
    prepare(sys.stdout, style.color)
    yield Beside(Output(sys.stdout, live=False, eager=True), style, target)


class Beside:
    """Tells of files at once, and of everything else when the run is over.

    Args:
        output: where to write.
        style: how to write.
        target: what is shown.
    """

    def __init__(self, output: Output, style: Style, target: Target) -> None:
        self._output = output
        self._style = style
        self._target = target
        self._uri = ""
        self._found: list[tuple[str, Failure]] = []

    def __call__(self, event: events.Event) -> None:
        """Takes an event of the run."""
        if isinstance(event, events.ScenarioStarted):
            self._uri = event.uri
        elif isinstance(event, events.StepFinished) and event.failure and event.failure.kind == "UndefinedStep":
            self._found.append((f"{self._uri}:{event.line}", event.failure))
        elif isinstance(event, events.ScenarioFinished) and event.failure:
            self._found.append((f"{event.uri}:{event.line}", event.failure))
        elif isinstance(event, events.RuleFailed):
            self._found.append((f"{event.uri}:{event.line}, {event.told}", event.failure))
        elif isinstance(event, events.FeatureFinished) and event.failure:
            self._found.append((event.uri, event.failure))
        elif isinstance(event, events.FileFailed):
            self._write(["", f"{self._style.mark('error')} {event.uri}", *self._lines(event.failure), ""])
        elif isinstance(event, events.Notice) and (self._target.verbose or not event.verbose_only):
            head, *rest = wrap(event.text, self._style.width - 6)
            self._write([f"{self._style.paint('note', YELLOW)}  {head}", *(f"      {line}" for line in rest)])
        elif isinstance(event, events.RunFinished):
            self._end(event)

    def _end(self, run: events.RunFinished) -> None:
        lines: list[str] = []
        for place, found in self._found:
            lines += ["", *self._lines(found, place)]
        fixable = any(found.fix.startswith("Did you mean") for _, found in self._found if found.kind == "UndefinedStep")
        if fixable and not self._target.fixing:
            hint = (
                f"{self._style.paint('apitest run --fix', CYAN)} corrects undefined steps that are close to a sentence"
            )
            lines += ["", f"{self._style.paint(self._style.arrow, CYAN)} {hint}"]
        if self._found:
            lines = ["", self._style.paint("What the formatter does not tell", BOLD), *lines]
        if run.unchecked:
            verb = "checks" if run.unchecked == 1 else "check"
            lines += ["", f"{count(run.unchecked, 'scenario')} that passed {verb} nothing"]
        self._write(lines)

    def _lines(self, found: Failure, place: str = "") -> list[str]:
        shown = failure.failure_lines(found, self._style, self._style.width - 2, place, self._target.verbose)
        return [f"  {line}".rstrip() for line in shown]

    def _write(self, lines: list[str]) -> None:
        if lines:
            self._output.write(lines)
            self._output.flush()
