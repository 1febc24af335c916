"""``python -m tests.mutation [FILE …]``: does a test fail for each small mistake in checks and predicates?"""

import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.house.tree import ROOT
from tests.mutation import running
from tests.mutation.operators import Mutation, mutations

_EQUIVALENT = Path(__file__).parent / "equivalent.toml"
_LEAST = 95  # of 100 mutants that have to be killed

# What is mutated, and the tests that have to fail.
ROOMS = ("apitest/checks", "apitest/steps/predicates")
TESTS = ("tests/apitest/checks", "tests/trust", "tests/apitest/steps")


class Mutant(NamedTuple):
    """A mutation, with the module that it is one of."""

    module: Path
    mutation: Mutation

    @property
    def file(self) -> str:
        """The module's file, from the project's root."""
        return self.module.relative_to(ROOT).as_posix()

    @property
    def told(self) -> str:
        """Where it is and what was changed."""
        return f"{self.file}:{self.mutation.line} {self.mutation.function}: {self.mutation.change}"


def mutants(files: Sequence[str]) -> Iterator[Mutant]:
    """All mutants of the rooms, or of some of their files."""
    chosen = {(ROOT / file).resolve() for file in files}
    for room in ROOMS:
        for module in sorted((ROOT / room).glob("*.py")):
            if not chosen or module in chosen:
                yield from (Mutant(module, each) for each in mutations(module.read_text("utf-8")))


def equivalent() -> dict[tuple[str, str, str], str]:
    """The mutations that change nothing that anybody could see, by file, function and change; with the reason."""
    known = tomllib.loads(_EQUIVALENT.read_text("utf-8"))
    return {
        (file, function, change): reason
        for file, functions in known.items()
        for function, changes in functions.items()
        for change, reason in changes.items()
    }


def main(files: Sequence[str]) -> int:
    """Tells of each mutant that survived, and the score; 1 if it is too low, 2 if the tests fail without a mistake."""
    known = equivalent()
    every = [each for each in mutants(files) if (each.file, each.mutation.function, each.mutation.change) not in known]
    survivors = running.Survivors(
        every,
        lambda mutant: (mutant.module, mutant.mutation.tree),
        lambda mutant: print(f"survived  {mutant.told}", flush=True),
    )
    running.run(survivors, TESTS)
    if not survivors.tests_pass:
        print("The tests fail without a mistake: there is nothing to learn from mutants.", file=sys.stderr)
        return 2
    killed = len(every) - len(survivors.found)
    score = 100 * killed / len(every)
    print(f"Mutation: {len(every):,} mutants, {killed:,} killed, {len(survivors.found)} survived: {score:.1f} of 100")
    print(f"Equivalent mutants, which no test can tell from the code: {len(known)}")
    return int(score < _LEAST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
