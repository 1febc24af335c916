"""Mutants and the tests that have to fail for them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.mutation import running

ORIGINAL = """\
from functools import cache

LIMIT = 5
NAMES = {"a": 1}
WORDS = ("a",)


@cache
def kept(n, *, least=1):
    return n >= least


def below(n):
    return n < LIMIT and NAMES
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module that others have imported from."""
    name = "apitest_mutated_in_a_test"
    (tmp_path / f"{name}.py").write_text(ORIGINAL)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield name
    sys.modules.pop(name, None)


def test_a_mistake_counts_wherever_something_was_imported(module: str) -> None:
    """Functions, what they remember, defaults, dicts and constants are those of the mutant, and the same objects."""
    original = __import__(module)
    below, kept, names = original.below, original.kept, original.NAMES
    assert (below(5), kept(1), original.LIMIT) == (False, True, 5)
    changes = {"n < LIMIT": "n <= LIMIT", "least=1": "least=2", '"a": 1': '"a": 2', "LIMIT = 5": "LIMIT = 6"}
    source = ORIGINAL
    for was, now in changes.items():
        source = source.replace(was, now)
    running.apply(module, ast.parse(source))
    assert (below(6), kept(1), original.LIMIT, names) == ({"a": 2}, False, 6, {"a": 2})


def test_the_score_of_a_module() -> None:
    """The mutants of a small module run against the tests, and all are killed."""
    command = [sys.executable, "-m", "tests.mutation", "apitest/steps/predicates/predicate.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Mutation: 4 mutants, 4 killed, 0 survived: 100.0 of 100" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
