"""Corrects undefined steps in their .feature files where one sentence is near enough (`apitest run --fix`)."""

from pathlib import Path

from apitest import events
from apitest.errors import UndefinedStep
from apitest.events import Event, Listener
from apitest.expressions import expression
from apitest.runner.failures import MEANT

_QUOTED = expression(r'"([^"]*)"')


class Corrections:
    """Listens for undefined steps and rewrites their lines when the run is over.

    Only the sentence changes: indentation, keyword, line ends and every other line stay as they are. A step whose
    nearest sentence takes other parameters is left alone.

    Args:
        emit: is told of each line that was corrected.
    """

    def __init__(self, emit: Listener) -> None:
        self._emit = emit
        self._uri = ""
        self._found: dict[str, dict[int, tuple[str, str]]] = {}

    def __call__(self, event: Event) -> None:
        """Takes an event of the run."""
        if isinstance(event, events.ScenarioStarted):
            self._uri = event.uri
        elif isinstance(event, events.StepFinished) and event.failure:
            self._take(event, event.failure)
        elif isinstance(event, events.RunFinished):
            for uri, lines in self._found.items():
                for told in _told(uri, lines):
                    self._emit(events.Notice(told, verbose_only=False))

    def _take(self, step: events.StepFinished, failure: events.Failure) -> None:
        if failure.kind != UndefinedStep.__name__ or not failure.fix.startswith(MEANT):
            return
        meant = failure.fix.splitlines()[0].removeprefix(MEANT)
        self._found.setdefault(self._uri, {})[step.line] = (step.name, meant)


def _told(uri: str, lines: dict[int, tuple[str, str]]) -> list[str]:
    """Corrects a file; what to tell of it."""
    try:
        changed = correct(Path(uri), lines)
    except OSError as error:
        return [f"{uri} cannot be corrected: {error.strerror}"]
    return [f"{uri}:{number} corrected: {text}" for number, text in changed.items()]


def correct(path: Path, lines: dict[int, tuple[str, str]]) -> dict[int, str]:
    """Rewrites lines of a file.

    Args:
        path: the .feature file.
        lines: by line number, the sentence that it holds and the one to put there.

    Returns:
        The lines that were rewritten, by their number. One that no longer holds its sentence is left alone.
    """
    parts = path.read_bytes().decode("utf-8").splitlines(keepends=True)
    changed: dict[int, str] = {}
    for number, (old, new) in lines.items():
        line = _corrected(parts[number - 1], old, new)
        if line != parts[number - 1]:
            parts[number - 1] = line
            changed[number] = line.strip()
    if changed:
        path.write_bytes("".join(parts).encode("utf-8"))
    return changed


def _corrected(line: str, old: str, new: str) -> str:
    """The line with the new sentence; its values stay, which in an outline are the names of columns."""
    values = _QUOTED.findall(line)
    wording = _QUOTED.sub('""', old)
    skeleton = _QUOTED.sub('""', line)
    if not skeleton.rstrip().endswith(" " + wording) or len(values) != len(_QUOTED.findall(new)):
        return line
    start = skeleton.rindex(wording)
    remaining = iter(values)
    sentence = _QUOTED.sub(lambda _: f'"{next(remaining)}"', new)
    return skeleton[:start] + sentence + skeleton[start + len(wording) :]
