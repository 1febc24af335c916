"""Tests of apitest_server.admin.acts."""

from apitest_server.admin.acts import Act, Acts
from apitest_server.admin.steps import Secret


def test_an_act_is_kept_for_its_user() -> None:
    """Without its secrets; nobody else gets it."""
    acts = Acts()
    number = acts.add(Act("maria", "zato.x.create", {"name": "n", "password": "hush"}, frozenset(["password"]), "done"))
    found = acts.get(number, "maria")
    assert found is not None
    assert found.fields == {"name": "n", "password": Secret("PASSWORD", True)}
    assert acts.get(number, "somebody else") is None
    assert acts.get("no such number", "maria") is None


def test_only_the_last_ones_are_kept() -> None:
    """So that memory stays what it is."""
    acts = Acts()
    numbers = [acts.add(Act("maria", "s", {})) for _ in range(501)]
    assert acts.get(numbers[0], "maria") is None
    assert acts.get(numbers[1], "maria") is not None


def test_large_ones_make_others_be_forgotten_sooner() -> None:
    """So that files that were uploaded do not stay in memory; the last one is always there."""
    acts = Acts()
    numbers = [acts.add(Act("maria", "s", {"payload": "x" * 9_000_000})) for _ in range(4)]
    assert [acts.get(number, "maria") is not None for number in numbers] == [False, False, True, True]
    huge = acts.add(Act("maria", "s", {"payload": "x" * 21_000_000}))
    assert acts.get(huge, "maria") is not None
    assert acts.get(numbers[3], "maria") is None
