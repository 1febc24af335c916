"""All files of a project in today's wording: as a diff, or written."""

import difflib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from apitest import project as projects
from apitest.commands.migrate import carrying, imports, sentences
from apitest.commands.migrate.own_steps import OwnSentences
from apitest.commands.migrate.sentences import Left
from apitest.errors import FeatureFileError
from apitest.language.registry import load
from apitest.project import Project
from apitest.steps import MODULES


class Change(NamedTuple):
    """A file that is to change; texts keep their line ends."""

    path: Path
    before: str
    after: str

    def diff(self) -> Iterator[str]:
        """The difference as lines of a unified diff."""
        name = os.path.relpath(self.path)
        before, after = (text.replace("\r\n", "\n").splitlines() for text in (self.before, self.after))
        return difflib.unified_diff(before, after, name, name, lineterm="")


class Migration(NamedTuple):
    """What is to change in a project, and what is left as it is: pairs of a file and a line."""

    changes: list[Change]
    left: list[tuple[Path, Left]]


def migrate(directory: Path) -> Migration:
    """What is to change in the project of a directory; nothing is written.

    Raises:
        ProjectError: the directory does not exist, or its config.ini cannot be read.
    """
    project = projects.find(directory)
    features = project.features
    python = sorted(features.rglob("*.py"))
    own, registry = OwnSentences(python), load(MODULES)
    migration = Migration([], [])
    for path in sorted(features.rglob("*.feature")):
        _take(migration, path, lambda path: sentences.rewritten(path, registry, own))
    for path in python:
        _take(migration, path, imports.rewritten)
    _carry_over(migration, project)
    return migration


def show(directory: Path, write: bool, out: Callable[[str], None]) -> int:
    """`apitest migrate`: tells what is to change and what is not, and writes it if it is to; returns the exit status.

    Raises:
        ProjectError: as of :func:`migrate`.
    """
    changes, left = migrate(directory)
    for change in changes:
        for line in change.diff():
            out(line)
        if write:
            change.path.write_bytes(change.after.encode("utf-8"))
    for path, kept in left:
        out(f"{os.path.relpath(path)}:{kept.line}: left alone, {kept.reason}: {kept.text}")
    out(_summary(len(changes), len(left), write))
    return 0


def _carry_over(migration: Migration, project: Project) -> None:
    """Without this, requests would become fresh with the import in environment.py that goes."""
    for change in list(migration.changes):
        if change.path == project.features / "environment.py":
            before, after = carrying.rewritten(project, change.after)
            if after != before:
                migration.changes.append(Change(project.config_path, before, after))


def _take(migration: Migration, path: Path, rewrite: Callable[[Path], tuple[str, str, list[Left]]]) -> None:
    try:
        before, after, left = rewrite(path)
    except (FeatureFileError, UnicodeDecodeError) as error:
        migration.left.append((path, Left(1, path.name, sentences.problem_of(error))))
        return
    except (SyntaxError, ValueError) as error:
        migration.left.append((path, Left(getattr(error, "lineno", 1) or 1, path.name, "it is not valid Python 3")))
        return
    if after != before:
        migration.changes.append(Change(path, before, after))
    migration.left.extend((path, line) for line in left)


def _summary(changed: int, left: int, write: bool) -> str:
    if not changed:
        return "Nothing to change" + (f", {left} left alone" if left else "")
    files = "1 file" if changed == 1 else f"{changed} files"
    told = f"{files} changed" if write else f"{files} to change; --write writes them"
    return told + (f"; {left} left alone" if left else "")
