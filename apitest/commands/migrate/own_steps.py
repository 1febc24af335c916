"""The sentences that a project's own Python declares, read from its files without running them."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from apitest.expressions import expression

_PARAMETER = expression(r"\{[^{}]*\}")
_DECORATORS = frozenset(("given", "when", "then", "step"))


class StepFunction(NamedTuple):
    """A function that is a step.

    Attributes:
        name: of the function.
        takes_raw: whether it has parameters and does not resolve them by itself.
    """

    name: str
    takes_raw: bool


class OwnSentences:
    """Tells whether a project's own Python may read a step's text; where in doubt, it may."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._patterns = [pattern for file in files for pattern in _patterns(file)]

    def read(self, text: str) -> bool:
        """Whether one of them reads this text."""
        return any(pattern.match(text) for pattern in self._patterns)


def step_functions(tree: ast.AST) -> list[StepFunction]:
    """The steps that a file of Python declares."""
    return [
        StepFunction(node.name, len(node.args.args) > 1 and not _obtains_values(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and any(map(_sentence, node.decorator_list))
    ]


def _patterns(file: Path) -> Iterator[re.Pattern[str]]:
    try:
        source = file.read_text("utf-8-sig")
        tree = ast.parse(source)
    except (SyntaxError, ValueError, OSError):
        return
    is_regex = re.search(r"use_step_matcher\(\s*[\"']re[\"']", source) is not None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for text in filter(None, map(_sentence, node.decorator_list)):
                yield _compiled(text, is_regex)


def _compiled(text: str, is_regex: bool) -> re.Pattern[str]:
    if is_regex:
        try:
            return re.compile(text, re.IGNORECASE)
        except re.error:
            return re.compile("")  # reads everything, so that nothing is changed
    literals = map(re.escape, _PARAMETER.split(text))
    return re.compile(".*".join(literals) + r"\Z", re.IGNORECASE | re.DOTALL)


def _sentence(decorator: ast.expr) -> str | None:
    """The sentence of ``@given("…")``, or None for another decorator."""
    if not isinstance(decorator, ast.Call) or _last_name(decorator.func).lower() not in _DECORATORS:
        return None
    first = decorator.args[0] if decorator.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _obtains_values(function: ast.FunctionDef) -> bool:
    return any(_last_name(decorator) == "obtain_values" for decorator in function.decorator_list)


def _last_name(expression: ast.expr) -> str:
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""
