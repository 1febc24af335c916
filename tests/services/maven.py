"""What Maven fetches once and this machine keeps, and a Java that can run it."""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.services import installation
from tests.services.installation import Unavailable

_DEPENDENCY = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"
_POM = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>node</groupId><artifactId>node</artifactId><version>1</version>
  <dependencies>{}</dependencies>
</project>
"""


def java(*versions: str) -> Path:
    """A Java: the one on PATH, else any below /usr/lib/jvm, else Debian's, installed where allowed.

    Args:
        versions: that are suitable; 11 and 17 if none is given, which Cassandra 5.0 and Allure run on.

    Raises:
        Unavailable: there is none.
    """
    wanted = versions or ("11", "17")
    found = _suitable_java(wanted)
    if not found:
        installation.install(["openjdk-17-jre-headless"], wanted_for="Java 17")
        found = _suitable_java(wanted)
    if not found:
        raise Unavailable(f"Java {' or '.join(wanted)} is needed, and is not installed")
    return found


def _suitable_java(versions: Sequence[str]) -> Path | None:
    on_path = shutil.which("java")
    candidates = [Path(on_path)] if on_path else []
    candidates += sorted(Path("/usr/lib/jvm").glob("*/bin/java"), reverse=True)
    return next((path for path in candidates if _java_version(path) in versions), None)


def _java_version(path: Path) -> str:
    done = subprocess.run([path, "-version"], check=False, capture_output=True, text=True)
    match = re.search(r'version "(\d+)', done.stderr)
    return match[1] if match else ""


def cache_directory() -> Path:
    """Where downloads are kept: below XDG_CACHE_HOME if that is set, else in the project's own ``.cache``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) / "apitest-tests") if base else Path(__file__).parents[2] / ".cache"


def kept(name: str, fetch: Callable[[Path], Path]) -> Path:
    """A directory that is fetched when this machine has not got it yet.

    Args:
        name: of the directory.
        fetch: is called with an empty directory; says which directory below that was fetched.

    Raises:
        Unavailable: there is no Maven, or it could not fetch it.
    """
    directory = cache_directory() / name
    directory.parent.mkdir(parents=True, exist_ok=True)
    with _only_one_at_a_time(directory.with_name(f"{name}.lock")):
        if not directory.exists():
            with tempfile.TemporaryDirectory(dir=directory.parent) as work:
                # Renamed only when complete: a killed run leaves no half-filled directory behind.
                fetch(Path(work)).rename(directory)
    return directory


def jars(name: str, *wanted: str) -> Path:
    """The directory of jars, with all that they need.

    Args:
        name: of the directory, with a version, such as ``cassandra-5.0.6``.
        wanted: such as ``org.apache.cassandra:cassandra-all:5.0.6``.

    Raises:
        Unavailable: there is no Maven, or it could not fetch them.
    """

    def fetch(directory: Path) -> Path:
        pom = _POM.format("".join(_DEPENDENCY.format(*each.split(":")) for each in wanted))
        (directory / "pom.xml").write_text(pom)
        run(directory, name, "dependency:copy-dependencies", "-DoutputDirectory=lib")
        return directory / "lib"

    return kept(name, fetch)


@contextmanager
def _only_one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(directory: Path, what: str, *goals: str) -> None:
    """Runs Maven in a directory.

    Raises:
        Unavailable: there is no Maven, or it could not fetch what is told.
    """
    maven = installation.need("mvn", ["maven"])
    command = [maven, "-q", "-B", *goals]
    done = subprocess.run(command, cwd=directory, check=False, capture_output=True, text=True, timeout=900)
    if done.returncode:
        raise Unavailable(f"Maven could not fetch {what}: {done.stdout.strip()[-600:]}")
