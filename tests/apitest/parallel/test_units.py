"""What tags keep apart."""

import pytest

from apitest.parallel.units import Keep, joined, keep_of


@pytest.mark.parametrize(
    ("tags", "keep"),
    [
        ([], Keep()),
        (["slow", "serially", "lock", "lock()", 'lock("")', "unlock(a)"], Keep()),
        (["serial"], Keep(True)),
        (["lock(db)"], Keep(False, frozenset({"db"}))),
        (['lock("db")', "lock('queue')"], Keep(False, frozenset({"db", "queue"}))),
        (['lock("db","queue")', "serial"], Keep(True, frozenset({"db", "queue"}))),
    ],
)
def test_tags(tags: list[str], keep: Keep) -> None:
    """A scenario keeps others from running by its tags serial and lock, with names in quotes or without."""
    assert keep_of(tags) == keep


def test_joined() -> None:
    """Several scenarios together keep apart what each of them does."""
    assert joined([]) == Keep()
    assert joined([Keep(), Keep(True), Keep(False, frozenset("a")), Keep(False, frozenset("b"))]) == Keep(
        True, frozenset("ab")
    )
