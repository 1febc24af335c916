"""The events of a run as JSON lines, and back: so that a report can be made later, or somewhere else."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from apitest import events
from apitest.errors import UsageError
from apitest.events import Listener
from apitest.report.target import Target
from apitest.report.written import opened_file

wants_exchanges = True
wants_passed = True
FILE = "events.jsonl"

_TYPES: dict[str, type[tuple[object, ...]]] = {
    kind.__name__: kind
    for kind in (
        events.RunStarted,
        events.FeatureStarted,
        events.ScenarioStarted,
        events.StepFinished,
        events.ScenarioFinished,
        events.RuleFailed,
        events.FeatureFinished,
        events.FileFailed,
        events.Exchange,
        events.Frame,
        events.Attempt,
        events.Failure,
        events.Notice,
        events.RunFinished,
    )
}


@contextmanager
def opened(target: Target) -> Iterator[Listener]:
    """The events of a run as lines of a file; a reader that follows it sees a scenario when it is over."""
    with opened_file(target.path, "jsonl") as file:

        def listen(event: object) -> None:
            file.write(encode(event) + "\n")
            if not isinstance(event, events.StepFinished):
                file.flush()

        yield listen


def encode(event: object) -> str:
    """An event as one line of JSON: an object with its fields and its ``type``."""
    return json.dumps(_plain(event))


def _plain(value: object) -> object:
    if hasattr(value, "_fields"):
        return {"type": type(value).__name__} | {name: _plain(getattr(value, name)) for name in value._fields}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def decode(line: str, where: str = "") -> object:
    """The event that a line of JSON stands for.

    Raises:
        UsageError: the line is not an event.
    """
    try:
        event = _event(json.loads(line))
    except (ValueError, KeyError, TypeError):
        event = None
    if not isinstance(event, tuple(_TYPES.values())):
        raise UsageError("This line is not an event of a run", where, "Give a file that `apitest run --events` wrote")
    return event


def _event(value: object) -> object:
    if isinstance(value, list):
        return tuple(map(_event, value))
    if isinstance(value, dict) and "type" in value:
        fields = {name: _event(part) for name, part in value.items() if name != "type"}
        return _TYPES[value["type"]](**fields)
    return value


def read(lines: Iterable[str], name: str = "") -> Iterator[object]:
    """The events in the lines of a file; ``name`` is the file's, for errors.

    Raises:
        UsageError: a line is not an event.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield decode(line, f"{name}:{number}")
