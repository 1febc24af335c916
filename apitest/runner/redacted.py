"""What behave's own formatters and reporters write: they read behave's model, so secrets are taken out of that.

Formatters write to a stream that redacts; reporters, such as JUnit's, read a feature that was redacted once it had run.
"""

import sys
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from functools import partial
from typing import TextIO, cast

from behave.formatter._registry import make_formatters
from behave.formatter.base import StreamOpener
from behave.model import Tag, Text
from behave.model_type import FileLocation

from apitest.redaction import redact_string
from apitest.runner import harmless
from apitest.runner.model import Captured, Config, Feature, Formatter, Statement


class RedactingStream:
    """A stream that takes secrets out of each text before it writes it."""

    def __init__(self, stream: TextIO, secrets: Set[str]) -> None:
        self._stream = stream
        self._secrets = secrets

    def write(self, text: str) -> int:
        """Writes the text without secrets."""
        return self._stream.write(redact_string(text, self._secrets))

    def writelines(self, lines: Iterable[str]) -> None:
        """Writes texts without secrets."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


@contextmanager
def streams(secrets: Set[str]) -> Iterator[None]:
    """What the project's own code prints and logs without being captured has no secrets in it, either."""
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast(TextIO, RedactingStream(stream, secrets)) for stream in kept)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept


class RedactingOpener(StreamOpener):  # type: ignore[misc]  # behave ships no types
    """Behave's opener of a formatter's stream, whose stream is a redacting one."""

    stream: TextIO | RedactingStream | None

    def __init__(self, opener: StreamOpener, secrets: Set[str]) -> None:
        self.__dict__.update(opener.__dict__)
        self.secrets = secrets
        self._wrap()

    def open(self) -> TextIO | RedactingStream | None:
        """Opens the stream, unless it is open."""
        super().open()
        self._wrap()
        return self.stream

    def _wrap(self) -> None:
        if self.stream is not None and not isinstance(self.stream, RedactingStream):
            self.stream = RedactingStream(self.stream, self.secrets)


def formatters(config: Config, secrets: Set[str]) -> list[Formatter]:
    """Behave's formatters that a configuration asks for; those without a file write to the terminal."""
    wanted = config.format or []
    missing = len(wanted) - len(config.outputs)
    openers = [*config.outputs, *(StreamOpener(stream=sys.stdout) for _ in range(missing))]
    made: list[Formatter] = make_formatters(config, [RedactingOpener(o, secrets) for o in openers]) if wanted else []
    return made


def redact_feature(feature: Feature, secrets: Set[str]) -> None:
    """Takes the secrets out of all texts of a feature that has run, and what is harmful, before it is reported."""
    _redact_statement(feature, secrets)
    feature.location = FileLocation(harmless.text(feature.filename), feature.line)
    for scenario in feature.walk_scenarios():
        _redact_statement(scenario, secrets)
        scenario.tags = [Tag(cleaned(tag, secrets), scenario.line) for tag in scenario.tags]
        for step in scenario.all_steps:
            _redact_statement(step, secrets)
            if step.text:
                step.text = Text(cleaned(str(step.text), secrets), step.text.content_type, step.text.line)
            for row in step.table.rows if step.table else ():
                row.cells = [cleaned(cell, secrets) for cell in row.cells]


def _redact_statement(statement: Statement, secrets: Set[str]) -> None:
    statement.name = cleaned(statement.name, secrets)
    if statement.error_message:
        statement.error_message = cleaned(statement.error_message, secrets)
    if statement.exception is not None:
        statement.exception = _redacted_exception(statement.exception, secrets)
    _redact_captured(statement.captured, secrets)


def _redact_captured(captured: Captured, secrets: Set[str]) -> None:
    for part in captured.captures:
        part.stdout, part.stderr, part.log = (
            harmless.output(redact_string(text, secrets)) for text in (part.stdout, part.stderr, part.log)
        )
    captured._reset_cached()


def _redacted_exception(error: BaseException, secrets: Set[str]) -> BaseException:
    """The error itself where its parts are texts; where they are anything else, one of its name that says the same."""
    error.args = tuple(_redact_part(part, secrets) for part in error.args)
    vars(error).update({name: _redact_part(part, secrets) for name, part in vars(error).items()})
    return harmless.exception(error, partial(cleaned, secrets=secrets))


def _redact_part(part: object, secrets: Set[str]) -> object:
    if isinstance(part, tuple):
        return tuple(_redact_part(each, secrets) for each in part)
    return cleaned(part, secrets) if isinstance(part, str) else part


def cleaned(text: str, secrets: Set[str]) -> str:
    """What formatters and reporters are told of a text: without secrets, and without what does harm."""
    return harmless.text(redact_string(text, secrets))
