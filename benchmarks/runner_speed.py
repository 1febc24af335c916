"""500 scenarios of one POST with 18 steps each: apitest, a plain requests loop, and zato-apitest."""

import sys
import tempfile
from pathlib import Path

from benchmarks import projects
from benchmarks.measure import Contender, interleave, peer_python, table

PEER = "zato-apitest==24.10.1"
SCENARIOS, FILES = 500, 10


def measure(address: str, cache: Path, runs: int) -> str:
    """The comparison, as a Markdown table."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        ours = projects.write(directory / "ours", address, FILES, SCENARIOS // FILES)
        theirs = projects.write(directory / "theirs", address, FILES, SCENARIOS // FILES, peer=True)
        python = peer_python(cache / "peer", PEER, "setuptools<81")  # It imports pkg_resources
        loop = [sys.executable, str(Path(__file__).with_name("plain_loop.py")), address, str(SCENARIOS)]
        passed = f"{SCENARIOS} scenarios passed"
        contenders = [
            Contender("plain requests.Session loop", loop, directory, says=f"{SCENARIOS} requests passed"),
            Contender("apitest", [sys.executable, "-m", "apitest", "run", str(ours)], directory, says=passed),
            Contender(
                "zato-apitest 24.10.1",
                [str(python), "-m", "zato.apitest.cli", "run", str(theirs)],
                directory,
                says=passed,
            ),
        ]
        interleave(contenders, runs)
    limit = contenders[0].median
    rows = [
        [
            contender.name,
            f"{contender.median:.2f} s",
            f"{contender.median / limit:.2f}",
            f"{SCENARIOS / contender.median:.0f}",
            f"{contender.median_peak_mib:.0f} MiB",
        ]
        for contender in contenders
    ]
    return table(["500 scenarios, 18 steps, one POST each", "wall", "to the loop", "scenarios/s", "peak"], rows)
