"""Allure's own program, fetched once through Maven and kept: it reads a directory of results and makes its report."""

import os
import subprocess
from pathlib import Path

from tests.services import maven

VERSION = "2.34.0"


def program() -> Path:
    """The directory of the program, fetched (about 25 MB) when this machine has not got it yet.

    Raises:
        Unavailable: there is no Maven, or it could not fetch it.
    """
    return maven.kept(f"allure-{VERSION}", _fetch)


def _fetch(work: Path) -> Path:
    artifact = f"io.qameta.allure:allure-commandline:{VERSION}:zip"
    maven.run(work, f"Allure {VERSION}", "dependency:unpack", f"-Dartifact={artifact}", f"-DoutputDirectory={work}")
    return work / f"allure-{VERSION}"


def generate(home: Path, results: Path, report: Path) -> None:
    """Makes the report of a directory of results, and tells nobody of it.

    Args:
        home: the directory of the program.
        results: what it reads.
        report: the directory that it makes.
    """
    command = [maven.java(), "-cp", f"{home}/lib/*{os.pathsep}{home}/config", "io.qameta.allure.CommandLine"]
    done = subprocess.run(
        [*command, "generate", results, "-o", report],
        check=False,
        env=os.environ | {"APP_HOME": str(home), "ALLURE_NO_ANALYTICS": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
