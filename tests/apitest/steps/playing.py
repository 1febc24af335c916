"""Plays the lines of a scenario in a test: each is found in the registry and called with the real context."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from apitest.context import FeatureContext, RunState
from apitest.language import registry
from apitest.project import Project
from apitest.steps import MODULES


class Play:
    """A feature without a runner; call it with lines of a scenario, keyword first or not.

    Attributes:
        zato: the context of the feature.
        events: what the run told.
    """

    def __init__(self, features: Path) -> None:
        self.events: list[Any] = []
        self.run = RunState(Project(features, features), seed=1, emit=self.events.append)
        self.run.environ = {"SECRET": "s3cret-value"}
        self.zato = FeatureContext(self.run)
        self.registry = registry.load(MODULES)

    def __call__(self, *lines: str) -> None:
        for line in lines:
            self.step(line)

    def step(self, line: str, text: str | None = None, table: list[list[str]] | None = None) -> None:
        """One line, with a doc string or a table below it."""
        keyword, _, rest = line.partition(" ")
        found = self.registry.find(keyword.lower(), rest) if keyword in ("Given", "When", "Then") else None
        found = found or self.registry.find("given", line)
        assert found, f"no sentence: {line}"
        rows = (
            SimpleNamespace(headings=table[0], rows=[SimpleNamespace(cells=row) for row in table[1:]])
            if table
            else None
        )
        raw = found.sentence.raw
        arguments = {n: text if n in raw else self.zato.resolve(text) for n, text in found.arguments.items()}
        found.sentence.function(SimpleNamespace(zato=self.zato, text=text, table=rows), **arguments)

    def close(self) -> None:
        self.zato.close()
        self.run.clients.close()
