"""The mistakes that mutants are made with."""

import ast

import pytest

from tests.mutation.__main__ import equivalent, mutants
from tests.mutation.operators import mutations


def _changes(source: str) -> set[str]:
    return {mutation.change for mutation in mutations(source)}


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("a = b < c", {"b < c -> b <= c", "b < c -> b >= c"}),
        ("a = b >= c", {"b >= c -> b > c", "b >= c -> b < c"}),
        ("a = b == c", {"b == c -> b != c"}),
        ("a = b is c", {"b is c -> b is not c"}),
        ("a = b in c", {"b in c -> b not in c"}),
        ("a = b and c", {"b and c -> b or c"}),
        ("a = b + c", {"b + c -> b - c"}),
        ("a = b + 'c'", set()),
        ("a = not b", {"not b -> b"}),
        ("a = True", {"True -> False"}),
        ("a = 5", {"5 -> 6"}),
        ("a = 'text'", set()),
        ("if a:\n  pass", {"if a -> if not a"}),
        ("a = b if c else d", {"b if c else d -> d if c else b"}),
        ("def f():\n  '''Doc.'''\n  return not a", {"not a -> a", "return not a -> return not not a"}),
        ("f(a)", {"f(a) -> pass"}),
        ("raise A", {"raise A -> pass"}),
    ],
)
def test_each_mistake(source: str, changes: set[str]) -> None:
    """A comparison, a condition, a number, a call: each is changed in the ways that people get it wrong."""
    assert _changes(source) == changes


@pytest.mark.parametrize(
    "source",
    ["import a", "assert a < 1", "@f(1)\ndef g(a: b[1]) -> c[2]:\n  pass", "if TYPE_CHECKING:\n  a = 1", "'''1 < 2'''"],
)
def test_what_holds_no_behaviour_is_left_alone(source: str) -> None:
    """Imports, types, decorators, docstrings and assertions are not changed."""
    assert _changes(source) == set()


def test_a_mutation_has_one_mistake() -> None:
    """Its tree differs from the module in one place; it tells the line and the function."""
    source = "class A:\n\n  def f(self):\n    return a < b and c\n"
    found = list(mutations(source))
    assert {(mutation.line, mutation.function) for mutation in found} == {(4, "A.f")}
    assert {ast.unparse(mutation.tree).splitlines()[-1].strip() for mutation in found} == {
        *("return a <= b and c", "return a >= b and c", "return a < b or c", "return not (a < b and c)"),
    }


def test_what_is_called_equivalent_is_a_mutant() -> None:
    """Each entry of the list is a mutation that there is, with a reason."""
    every = {(mutant.file, mutant.mutation.function, mutant.mutation.change) for mutant in mutants([])}
    known = equivalent()
    assert set(known) - every == set()
    assert all(known.values())
