"""What names within statements stand for: a value that is bound, or a part of the statement where a step says so."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from apitest.clients import files
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.language.embedding import plain
from apitest.language.literals import quoted
from apitest.language.values import Named
from apitest.steps.lookup import raw_doc_string
from apitest.tables.bound import PASTING, Statement

_SIGNS = tuple("#@$")

Pieces = Sequence[str | Named]
"""A text of statements: texts as they stand, and values."""


class Pasting(NamedTuple):
    """How statements are made.

    Attributes:
        names: those whose values become a part of a statement, each with its sign and braces.
    """

    names: frozenset[str] = frozenset()


def paste(ctx: StepContext, names: str) -> None:
    """Further statements of the scenario have what these names stand for in them as it is.

    Raises:
        BadValue: it is not a list of names.
    """
    given = [name.strip() for name in names.split(",")]
    if not all(given):
        raise BadValue(
            f"{quoted(names)} is not a list of variables", fix="Put commas between the names: table, @schema"
        )
    listed = [(name[0], name[1:]) if name[0] in _SIGNS else ("#", name) for name in given]
    written = {f"{sign}{{{name}}}" for sign, name in listed}
    ctx.zato.change(Pasting, names=ctx.zato.settings(Pasting).names | written)


def in_text(ctx: StepContext, text: object) -> Pieces:
    """The pieces of a parameter; a name alone stands for the whole text.

    Raises:
        UnknownValue: a name is defined nowhere.
        BadValue: a brace is not closed or holds no name.
    """
    if not isinstance(text, str):
        return [str(text)]
    return _pieces(ctx, text) if "{" in text else [str(ctx.zato.resolve(text))]


def in_doc_string(ctx: StepContext) -> Pieces:
    """The pieces of the step's doc string. Raises as `in_text`, and BadValue if there is none."""
    return _pieces(ctx, raw_doc_string(ctx))


def in_file(ctx: StepContext, kind: str, name: object) -> Pieces:
    """The pieces of a file of the project: of SQL or CQL. Raises as `in_text`, and BadValue if there is none."""
    return _pieces(ctx, files.read(files.data(ctx.zato, kind, str(name))))


def _pieces(ctx: StepContext, text: str) -> Pieces:
    pasted = ctx.zato.settings(Pasting).names
    return [
        plain(each.value) if isinstance(each, Named) and each.written in pasted else each
        for each in ctx.zato.pieces(text)
    ]


@contextmanager
def hinting(statement: str | Statement) -> Iterator[None]:
    """Tells of values that are bound where a statement with some was refused."""
    try:
        yield
    except BadValue as error:
        if isinstance(statement, Statement):
            hint = f"Names in braces are values here. One that is a part of the statement: {PASTING}"
            error.fix = "\n".join(filter(None, (error.fix, hint)))
        raise
