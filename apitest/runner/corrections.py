"""Corrects undefined steps in their .feature files where one sentence is near enough (`apitest run --fix`)."""

from pathlib import Path
from typing import Any

from apitest import events
from apitest.errors import UndefinedStep

_MEANT = "Did you mean: "


class Corrections:
    """Listens for undefined steps and rewrites their lines when the run is over.

    Only the sentence changes: indentation, keyword, line ends and every other line stay as they are. A step whose
    nearest sentence takes other parameters is left alone.
    """

    def __init__(self) -> None:
        self._uri = ""
        self._found: dict[str, dict[int, tuple[str, str]]] = {}

    def __call__(self, event: Any) -> None:
        """Takes an event of the run."""
        if isinstance(event, events.ScenarioStarted):
            self._uri = event.uri
        elif isinstance(event, events.StepFinished) and event.failure:
            self._take(event, event.failure)
        elif isinstance(event, events.RunFinished):
            for uri, lines in self._found.items():
                correct(Path(uri), lines)

    def _take(self, step: events.StepFinished, failure: events.Failure) -> None:
        if failure.kind != UndefinedStep.__name__ or not failure.fix.startswith(_MEANT):
            return
        meant = failure.fix.splitlines()[0].removeprefix(_MEANT)
        if '"{' not in meant:
            self._found.setdefault(self._uri, {})[step.line] = (step.name, meant)


def correct(path: Path, lines: dict[int, tuple[str, str]]) -> int:
    """Rewrites lines of a file, ``{line number: (sentence as it is, sentence as it is to be)}``; returns how many.

    A line that does not hold the sentence any more (it came from an outline's row, say) is left alone.
    """
    text = path.read_bytes().decode("utf-8")
    parts = text.splitlines(keepends=True)
    changed = 0
    for number, (old, new) in lines.items():
        if old in parts[number - 1]:
            parts[number - 1] = parts[number - 1].replace(old, new)
            changed += 1
    if changed:
        path.write_bytes("".join(parts).encode("utf-8"))
    return changed
