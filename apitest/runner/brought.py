"""Which secrets a step brings along: learned before anything is told of it, since its own line holds them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from behave.matchers import Match

from apitest.errors import ApitestError
from apitest.redaction import appearance, learning
from apitest.runner.model import Step, Table
from apitest.steps.waiting import OF_EARLY

Resolve = Callable[[str], object]


class Brought(NamedTuple):
    """What a step's text says of secrets.

    Attributes:
        given: parameters that are secrets, whatever they are.
        named: parameters and names that stand for secrets, which are hidden if they are worth it.
        found: secrets that stand in the text.
        environment: names of environment variables, whose values are hidden if they look like secrets.
    """

    given: tuple[str, ...]
    named: tuple[str, ...]
    found: frozenset[str]
    environment: tuple[str, ...] = ()


NOTHING = Brought((), (), frozenset())
"""What most steps say of secrets."""


def of_match(arguments: Mapping[str, str], sentence: str = "", *, checks: bool = False) -> Brought:
    """What a step's parameters say of secrets.

    Args:
        arguments: their texts by their names.
        sentence: what they are the parameters of.
        checks: whether it compares; then a value beside the name of a secret is what was expected, no secret.
    """
    secrets = [secret for group in _groups(arguments) for secret in learning.of_arguments(group, sentence)]
    texts = arguments.values()
    names = [name for text in texts for name in learning.names_in(text)]
    found = Brought(
        tuple(text for text, always in secrets if always),
        (*(text for text, always in secrets if not (always or checks)), *names),
        frozenset().union(*map(_in_header, _groups(arguments)), *map(learning.of_text, texts)),
        tuple(name for text in texts for name in learning.environment_in(text)),
    )
    return found if any(found) else NOTHING


def _groups(arguments: Mapping[str, str]) -> list[Mapping[str, str]]:
    """The parameters of a sentence; of one that is made of two, those of each, by the names that they have there."""
    of_second = {name.removeprefix(OF_EARLY): text for name, text in arguments.items() if name.startswith(OF_EARLY)}
    if not of_second:
        return [arguments]
    return [{name: text for name, text in arguments.items() if not name.startswith(OF_EARLY)}, of_second]


def _in_header(arguments: Mapping[str, str]) -> set[str]:
    """The secrets of a header that the parameters are the name and the value of, such as Cookie."""
    name, value = arguments.get("header"), arguments.get("value")
    return learning.of_message("", [(name, value)], "") if name and value else set()


def secrets(brought: Brought, step: Step, resolve: Resolve) -> Iterator[str]:
    """The secrets that a step brings along, in its parameters, its doc string and its table."""
    yield from brought.found
    yield from _values(brought.given, resolve)
    yield from filter(appearance.is_worth, _values(brought.named, resolve))
    yield from filter(appearance.looks_generated, _values(brought.environment, resolve))
    if step.text is not None:
        text = str(step.text)
        yield from learning.of_text(text)
        yield from filter(appearance.is_worth, _values(learning.names_in(text), resolve))
        yield from filter(appearance.looks_generated, _values(learning.environment_in(text), resolve))
    if step.table is not None:
        yield from filter(appearance.is_worth, _values(_in_table(step.table), resolve))
        cells = (cell for row in step.table.rows for cell in row.cells)
        named = (name for cell in cells for name in learning.environment_in(cell))
        yield from filter(appearance.looks_generated, _values(named, resolve))


def _in_table(table: Table) -> Iterator[str]:
    rows: list[Sequence[str]] = [table.headings, *(row.cells for row in table.rows)]
    yield from learning.of_rows(rows)
    for row in rows:
        for cell in row:
            yield from learning.names_in(cell)
            yield from learning.of_text(cell)


def _values(texts: Iterable[str], resolve: Resolve) -> Iterator[str]:
    """What texts stand for; the Vault tells of its secrets by itself."""
    for text in texts:
        if text.startswith("vault:"):
            continue
        try:
            value = resolve(text)
        except ApitestError:  # the step says so itself
            continue
        if value not in (None, ""):
            yield str(value)


def texts_of(match: Match) -> dict[str, str]:
    """The texts of a match's parameters, by their names or their places."""
    return {str(each.name or at): str(each.original) for at, each in enumerate(match.arguments or ())}
