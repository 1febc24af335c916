"""The functions that stood for one sentence each: calling one does what the sentence does."""

import csv
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from apitest.compat.parameters import obtain_values
from apitest.context import StepContext
from apitest.errors import UndefinedStep
from apitest.language.registry import REGISTRY, Sentence


class Old(NamedTuple):
    """A function of zato-apitest.

    Attributes:
        parameters: their names, in the order of the function's.
        keyword, sentence: what it was declared as; each parameter stands in it in braces.
    """

    parameters: tuple[str, ...]
    keyword: str
    sentence: str


@lru_cache(maxsize=1)
def table() -> dict[str, dict[str, Old]]:
    """All such functions, by the name of their module ("common", "json") and their own."""
    found: dict[str, dict[str, Old]] = {}
    text = Path(__file__).with_name("functions.tsv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        old = Old(tuple(row["parameters"].split()), row["keyword"], row["sentence"])
        found.setdefault(row["module"], {})[row["function"]] = old
    return found


def function(module: str, name: str) -> Callable[..., object]:
    """A function of one of the old step modules, with the arguments that it had."""
    old = table()[module][name]

    def call(ctx: StepContext, *args: object, **kwargs: object) -> object:
        given = dict(zip(old.parameters, args, strict=False)) | kwargs
        sentence, renamed = _sentence(old)
        return sentence.function(ctx, **{new: given[was] for was, new in renamed.items()})

    call.__name__ = call.__qualname__ = name
    call.__doc__ = f"Does what this sentence does: {old.sentence}"
    return obtain_values(call)


@lru_cache(maxsize=256)
def _sentence(old: Old) -> tuple[Sentence, dict[str, str]]:
    """The built-in sentence of the same wording, and its name for each of the old parameters.

    Raises:
        UndefinedStep: no sentence has this wording.
    """
    text = old.sentence
    for name in old.parameters:
        text = text.replace(f'"{{{name}}}"', f'"{name}"')
    found = REGISTRY.find(old.keyword, text)
    if found is None:
        raise UndefinedStep(f"Undefined built-in step: {old.sentence}")
    return found.sentence, {was: new for new, was in found.arguments.items()}
