from pathlib import Path

from apitest.compat import randoms, running
from tests.apitest.steps.playing import Play


def test_random_values_are_those_of_the_run(play: Play) -> None:
    """A run with a seed has the same ones again; outside of a run there are some, too."""
    running.states.append(play.run)
    expected = Play(Path()).run.random.randrange(0, 100)
    try:
        assert randoms.rand_int() == expected
    finally:
        running.states.pop()
    assert randoms.rand_string()


def test_the_innermost_run_counts(play: Play) -> None:
    """Of two runs under way, the values are those of the one that began last."""
    inner = Play(Path()).run
    running.states += [play.run, inner]
    try:
        assert running.random() is inner.random
    finally:
        del running.states[-2:]
    assert running.random() is not inner.random
