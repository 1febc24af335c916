"""Measures the tree against limits.toml: `Any`, vague words, long files, long functions."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.house.tree import ROOT, functions, modules, syntax

FILE = Path(__file__).with_name("limits.toml")


class Limits(NamedTuple):
    """What limits.toml says.

    Attributes:
        any_per_1000_lines: how often the name `Any` may be there for each 1,000 lines.
        vague_lines: how many lines of text may hold a vague phrase.
        file: the most lines of a file.
        function: the most lines of a function.
        exceptions: what may be longer, by `path` or `path:function`, and why.
        phrases: finds a vague phrase.
    """

    any_per_1000_lines: float
    vague_lines: int
    file: int
    function: int
    exceptions: dict[str, str]
    phrases: re.Pattern[str]


def read() -> Limits:
    """The limits as they are in the file."""
    found = tomllib.loads(FILE.read_text("utf-8"))
    ratchet, size = found["ratchet"], found["size"]
    return Limits(
        ratchet["any_per_1000_lines"],
        ratchet["vague_lines"],
        size["lines_of_a_file"],
        size["lines_of_a_function"],
        size["exceptions"],
        re.compile("|".join(found["words"]["phrases"]), re.IGNORECASE),
    )


def any_per_1000_lines(sources: list[Path]) -> float:
    """How often the name `Any` is used for each 1,000 lines, rounded to a tenth; its imports do not count."""
    lines = sum(len(source.read_text("utf-8").splitlines()) for source in sources)
    return round(sum(_uses_of_any(syntax(source)) for source in sources) / lines * 1000, 1)


def _uses_of_any(tree: ast.Module) -> int:
    return sum(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(tree))


def texts(source: Path) -> Iterator[tuple[int, str]]:
    """Each line of text for people, and its number: of a module's strings and docstrings, or of a document."""
    if source.suffix != ".py":
        yield from enumerate(source.read_text("utf-8").splitlines(), 1)
        return
    for node in ast.walk(syntax(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from enumerate(node.value.splitlines(), node.lineno)


def vague_lines(sources: list[Path], phrases: re.Pattern[str]) -> list[str]:
    """The lines of text that hold a vague phrase, as `path:line: text`."""
    return [
        f"{_name(source)}:{number}: {line.strip()}"
        for source in sources
        for number, line in texts(source)
        if phrases.search(line)
    ]


def too_long(sources: list[Path], limits: Limits) -> dict[str, str]:
    """The files and functions that are too long: `path` or `path:function`, and how long they are."""
    found = {}
    for source in sources:
        if (lines := len(source.read_text("utf-8").splitlines())) > limits.file:
            found[_name(source)] = f"{lines} lines, the limit is {limits.file}"
        for function in functions(syntax(source)):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > limits.function:
                found[f"{_name(source)}:{function.name}"] = f"{lines} lines, the limit is {limits.function}"
    return found


def product() -> list[Path]:
    """The modules of the product."""
    return [module.file for module in modules()]


def documents() -> list[Path]:
    """The manuals; docs/steps.md is made of docstrings, and its lines would count twice."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    return sorted(path for path in found if path.name != "steps.md")


def _name(source: Path) -> str:
    return source.relative_to(ROOT).as_posix() if source.is_relative_to(ROOT) else source.name
