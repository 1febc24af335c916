"""The samples of zato-apitest's documentation, run word for word, whatever addresses they have."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from apitest.commands import demo
from apitest.commands.companion import CompanionServer
from tests.acceptance import runs

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"


def run(environment: Mapping[str, str]) -> list[str]:
    """Runs all of them against a companion server of their own; returns what is wrong.

    The server is the run's HTTP proxy, so that requests to any host come to it, unchanged.
    """
    with (
        tempfile.TemporaryDirectory(prefix="apitest-samples-") as directory,
        CompanionServer(demo.copy(Path(directory) / "server")) as server,
    ):
        there = {name: value for name, value in environment.items() if name.lower() != "no_proxy"}
        there["http_proxy"] = server.address
        return [
            f"{sample.name}: {problem}"
            for sample in sorted(path for path in SAMPLES.iterdir() if path.is_dir())
            for problem in runs.run([str(sample)], there)
        ]
