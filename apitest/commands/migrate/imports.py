"""A project's Python with its imports from apitest instead of zato.apitest, where they mean the same."""

import ast
from pathlib import Path

import apitest
from apitest.commands.migrate.own_steps import step_functions
from apitest.commands.migrate.sentences import Left
from apitest.expressions import expression

_OLD = "zato.apitest"
_HOMES = frozenset((f"{_OLD}.util", f"{_OLD}.steps.common", f"{_OLD}.steps.json"))
_FROM = expression(r"(\s*)from\s+zato\.apitest[\w.]*\s+import\b")
_REMOVED = "\0"  # in place of a line that goes away; no Python has it


def rewritten(path: Path) -> tuple[str, str, list[Left]]:
    """A file's text before and after, and the imports that were left alone in it.

    Raises:
        SyntaxError: it is not valid Python 3.
        UnicodeDecodeError: it is not UTF-8.
    """
    before = path.read_bytes().decode("utf-8")
    tree = ast.parse(before.removeprefix("\ufeff"))
    old = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) and _is_old(node)]
    raw = [function.name for function in step_functions(tree) if function.takes_raw]
    lines = before.split("\n")
    if raw and old:
        reason = f"{' and '.join(raw)} would be given values in place of their parameters' text"
        return before, before, [Left(old[0].lineno, lines[old[0].lineno - 1].strip(), reason)]
    left = []
    for node in old:
        line = lines[node.lineno - 1]
        modern = _modern(node, line, tree)
        if modern is None:
            left.append(Left(node.lineno, line.strip(), "it has no counterpart and goes on working"))
        else:
            lines[node.lineno - 1] = modern
    return before, "\n".join(line for line in lines if line != _REMOVED), left


def _is_old(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.level == 0 and f"{node.module}.".startswith(f"{_OLD}.")
    return any(f"{name.name}.".startswith(f"{_OLD}.") for name in node.names)


def _modern(node: ast.Import | ast.ImportFrom, line: str, tree: ast.Module) -> str | None:
    """The new first line of an import; None where it has no counterpart."""
    if not isinstance(node, ast.ImportFrom) or not _FROM.match(line):
        return None
    if node.module in _HOMES and all(name.name in apitest.__all__ for name in node.names):
        return _FROM.sub(r"\1from apitest import", line, count=1)
    alone = node in tree.body and node.end_lineno == node.lineno and ";" not in line
    return _REMOVED if node.module == _OLD and alone and _is_unused_steps(node, tree) else None


def _is_unused_steps(node: ast.ImportFrom, tree: ast.Module) -> bool:
    """Whether this only loads the built-in steps, which are there anyway."""
    if [name.name for name in node.names] != ["steps"]:
        return False
    alias = node.names[0].asname or "steps"
    return not any(isinstance(use, ast.Name) and use.id == alias for use in ast.walk(tree))
