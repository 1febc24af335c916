"""Which secrets a step brings along: learned before anything is told of it, since its own line holds them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from behave.matchers import Match

from apitest.errors import ApitestError
from apitest.redaction import learning
from apitest.runner.model import Step, Table

Resolve = Callable[[str], object]


class Brought(NamedTuple):
    """What a step's text says of secrets.

    Attributes:
        given: parameters that are secrets, whatever they are.
        named: parameters and names that stand for secrets, which are hidden if they are worth it.
        found: secrets that stand in the text.
    """

    given: tuple[str, ...]
    named: tuple[str, ...]
    found: frozenset[str]


def of_match(arguments: Mapping[str, str], sentence: str = "", *, checks: bool = False) -> Brought:
    """What a step's parameters say of secrets.

    Args:
        arguments: their texts by their names.
        sentence: what they are the parameters of.
        checks: whether it compares; then a value beside the name of a secret is what was expected, no secret.
    """
    secrets = list(learning.of_arguments(arguments, sentence))
    texts = arguments.values()
    names = [name for text in texts for name in learning.names_in(text)]
    return Brought(
        tuple(text for text, always in secrets if always),
        (*(text for text, always in secrets if not (always or checks)), *names),
        frozenset().union(_in_header(arguments), *map(learning.of_text, texts)),
    )


def _in_header(arguments: Mapping[str, str]) -> set[str]:
    """The secrets of a header that the parameters are the name and the value of, such as Cookie."""
    name, value = arguments.get("header"), arguments.get("value")
    return learning.of_message("", [(name, value)], "") if name and value else set()


def secrets(brought: Brought, step: Step, resolve: Resolve) -> Iterator[str]:
    """The secrets that a step brings along, in its parameters, its doc string and its table."""
    yield from brought.found
    yield from _values(brought.given, resolve)
    yield from filter(learning.is_worth, _values(brought.named, resolve))
    if step.text is not None:
        text = str(step.text)
        yield from learning.of_text(text)
        yield from filter(learning.is_worth, _values(learning.names_in(text), resolve))
    if step.table is not None:
        yield from filter(learning.is_worth, _values(_in_table(step.table), resolve))


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
