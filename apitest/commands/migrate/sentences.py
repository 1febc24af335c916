"""A feature file with its steps in today's wording; every other character of it stays."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, cast

from apitest.commands.migrate.own_steps import OwnSentences
from apitest.errors import ApitestError
from apitest.expressions import expression
from apitest.language.quotes import escaped
from apitest.language.registry import Found, Registry
from apitest.runner.model import Container, Scenario, Step
from apitest.runner.parsing import parse

_PARAMETER = expression(r'"\{(\w+)\}"')


class Left(NamedTuple):
    """A line that was left unchanged, and why."""

    line: int
    text: str
    reason: str


def rewritten(path: Path, registry: Registry, own: OwnSentences) -> tuple[str, str, list[Left]]:
    """A feature file's text before and after, and what was left alone in it.

    Raises:
        FeatureFileError: the file is not valid Gherkin.
        UnicodeDecodeError: it is not UTF-8.
    """
    before = path.read_bytes().decode("utf-8")
    feature = parse(str(path), None)
    lines, left = before.split("\n"), []
    for step in _steps(feature) if feature else ():
        wording, reason = _modern(step.step_type, step.name, registry, own)
        line = lines[step.line - 1]
        bare = line.rstrip()
        if wording and bare.endswith(step.name):
            lines[step.line - 1] = bare.removesuffix(step.name) + wording + line[len(bare) :]
        elif reason:
            left.append(Left(step.line, step.name, reason))
    return before, "\n".join(lines), left


def _steps(item: Container) -> Iterator[Step]:
    """The steps as they stand in the file: those of outlines with their placeholders."""
    if item.background:
        yield from item.background.steps
    for part in item.run_items:
        if hasattr(part, "run_items"):
            yield from _steps(cast(Container, part))
        else:
            yield from cast(Scenario, part).steps


def _modern(keyword: str, text: str, registry: Registry, own: OwnSentences) -> tuple[str, str]:
    """Today's wording of a step, empty if it has it already; or why it is left alone."""
    found = registry.find(keyword, text)
    if found is None and not own.read(text):
        found = registry.find_as_behave(text)  # its quotes within values are escaped in today's wording
    if found is None:
        return "", "" if own.read(text) else "undefined step"
    wording = _read_back(keyword, text, found, registry)
    if not wording:
        return "", "its values cannot be told apart in today's wording"
    if wording == text:
        return "", ""
    if own.read(text) or own.read(wording):
        return "", "a step of the project has this sentence"
    return wording, ""


def _read_back(keyword: str, text: str, found: Found, registry: Registry) -> str:
    """The text in today's wording, with quotes in values escaped where they must be; empty if it cannot be written."""
    for write in (str, escaped):
        wording = _canonical(found, text, write)
        again = registry.find(keyword, wording)
        if again is not None and (again.sentence, again.arguments) == (found.sentence, found.arguments):
            return wording
    return ""


def _canonical(found: Found, text: str, write: Callable[[str], str]) -> str:
    """The sentence in its first wording, with the step's values; the text itself where that differs in case only."""
    wording = _PARAMETER.sub(lambda match: f'"{write(found.arguments[match[1]])}"', found.sentence.text)
    return text if wording.casefold() == text.casefold() else wording


def problem_of(error: Exception) -> str:
    """Why a whole file was left alone."""
    return error.problem if isinstance(error, ApitestError) else "it is not UTF-8"
