"""``python -m tests.trust``: how many probes there are, and how many of them are wrong."""

import sys
import tempfile
from pathlib import Path

from tests.apitest.steps.playing import Play
from tests.trust.probes import probes, wrong


def main() -> int:
    """Tells the number of probes and each one that is wrong; 1 if there is one."""
    with tempfile.TemporaryDirectory(prefix="apitest-trust-") as directory:
        play = Play(Path(directory))
        every = list(probes())
        found = [problem for probe in every if (problem := wrong(play, probe))]
        play.close()
    for problem in found:
        print(problem)
    print(f"Trust: {len(every):,} probes, {len(found)} wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
