"""Random values of a scenario: they depend on the seed and the scenario, and on nothing that ran before."""

import os
from pathlib import Path

from apitest.draws import Draws


def name_of(file: Path) -> str:
    """A file's name from the working directory."""
    return os.path.relpath(file)


def values(draws: Draws) -> list[object]:
    """Values of each kind that there is."""
    return [draws.random(), draws.randrange(1000), draws.choice("abc"), draws.uniform(0, 5), draws.getrandbits(70)]


def test_a_scenario_draws_the_same_whatever_ran_before() -> None:
    """The values of a scenario are those of another source with the same seed that ran nothing else."""
    one, other = Draws(7, name_of), Draws(7, name_of)
    one.begin("a.feature", 3)
    values(one)
    one.begin("b.feature", 5)
    other.begin("b.feature", 5)
    assert values(one) == values(other)


def test_scenarios_and_seeds_differ() -> None:
    """Another line, another file and another seed each give other values."""
    found = []
    for seed, file, line in ((7, "a.feature", 3), (7, "a.feature", 5), (7, "b.feature", 3), (8, "a.feature", 3)):
        draws = Draws(seed, name_of)
        draws.begin(file, line)
        found.append(draws.random())
    assert len(set(found)) == 4


def test_a_seed_of_ones_own() -> None:
    """What seeds the source itself gets the values of its seed."""
    draws = Draws(7, name_of)
    draws.begin("a.feature", 3)
    draws.seed(5)
    first = values(draws)
    draws.seed(5)
    assert values(draws) == first
