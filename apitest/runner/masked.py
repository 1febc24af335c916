"""What behave's own formatters and reports write holds no password of a URL in a step's text, and no other secret."""

import sys
from collections.abc import Set
from typing import Any

from behave.formatter._registry import make_formatters
from behave.formatter.base import StreamOpener

from apitest.redaction import mask_text, mask_urls


class MaskedStream:
    """A stream that takes secrets out of each text before it writes it."""

    def __init__(self, stream: Any, secrets: Set[str]) -> None:
        self._stream = stream
        self._secrets = secrets

    def write(self, text: str) -> Any:
        """Writes the text without secrets."""
        return self._stream.write(hidden(text, self._secrets))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class MaskedOpener(StreamOpener):  # type: ignore[misc]  # behave ships no types
    """Behave's opener of a formatter's stream, whose stream is a masked one."""

    stream: Any

    def __init__(self, opener: Any, secrets: Set[str]) -> None:
        self.__dict__.update(opener.__dict__)
        self.secrets = secrets
        self._mask()

    def open(self) -> Any:
        """Opens the stream, unless it is open."""
        super().open()
        self._mask()
        return self.stream

    def _mask(self) -> None:
        if self.stream is not None and not isinstance(self.stream, MaskedStream):
            self.stream = MaskedStream(self.stream, self.secrets)


def formatters(config: Any, secrets: Set[str]) -> list[Any]:
    """Behave's formatters that a configuration asks for; those without a file of their own write to the terminal."""
    wanted = config.format or []
    missing = len(wanted) - len(config.outputs)
    openers = [*config.outputs, *(StreamOpener(stream=sys.stdout) for _ in range(missing))]
    made: list[Any] = make_formatters(config, [MaskedOpener(opener, secrets) for opener in openers]) if wanted else []
    return made


def hide(feature: Any, secrets: Set[str]) -> None:
    """Takes the secrets out of the texts of a feature's steps, which have run, before a report reads them."""
    for scenario in feature.walk_scenarios():
        for step in scenario.all_steps:
            step.name = hidden(step.name, secrets)
            if step.text:
                step.text = type(step.text)(hidden(step.text, secrets), step.text.content_type, step.text.line)
            for row in step.table.rows if step.table else ():
                row.cells = [hidden(cell, secrets) for cell in row.cells]


def hidden(text: str, secrets: Set[str]) -> str:
    """The text without secrets, and without the passwords of the URLs in it."""
    if "://" in text:
        text = mask_urls(text)
    return mask_text(text, secrets) if secrets else text
