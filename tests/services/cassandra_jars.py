"""The jars of a Cassandra node, fetched once through Maven and kept, and a Java that can run them."""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import installation
from tests.services.installation import Unavailable

VERSION = "5.0.6"
_JAVA_VERSIONS = {"11", "17"}  # what Cassandra 5.0 runs on
_POM = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>node</groupId><artifactId>node</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.cassandra</groupId><artifactId>cassandra-all</artifactId><version>{VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""


def java() -> Path:
    """A Java 11 or 17: the one on PATH, else any below /usr/lib/jvm, else Debian's, installed where allowed.

    Raises:
        Unavailable: there is none.
    """
    found = _suitable_java()
    if not found:
        installation.install(["openjdk-17-jre-headless"], wanted_for="Java 17")
        found = _suitable_java()
    if not found:
        raise Unavailable("Cassandra 5.0 needs Java 11 or 17; neither is installed")
    return found


def _suitable_java() -> Path | None:
    on_path = shutil.which("java")
    candidates = [Path(on_path)] if on_path else []
    candidates += sorted(Path("/usr/lib/jvm").glob("*/bin/java"), reverse=True)
    return next((path for path in candidates if _java_version(path) in _JAVA_VERSIONS), None)


def _java_version(path: Path) -> str:
    done = subprocess.run([path, "-version"], check=False, capture_output=True, text=True)
    match = re.search(r'version "(\d+)', done.stderr)
    return match[1] if match else ""


def cache_directory() -> Path:
    """Where downloads are kept: below XDG_CACHE_HOME if that is set, else in the project's own ``.cache``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) / "apitest-tests") if base else Path(__file__).parents[2] / ".cache"


def jars() -> Path:
    """The directory of the node's jars, fetched (about 66 MB) when this machine has not got them yet.

    Raises:
        Unavailable: there is no Maven, or it could not fetch them.
    """
    directory = cache_directory() / f"cassandra-{VERSION}"
    directory.parent.mkdir(parents=True, exist_ok=True)
    with _only_one_at_a_time(directory.with_suffix(".lock")):
        if not directory.exists():
            _fetch(directory)
    return directory


@contextmanager
def _only_one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fetch(directory: Path) -> None:
    maven = installation.need("mvn", ["maven"])
    with tempfile.TemporaryDirectory(dir=directory.parent) as work:
        Path(work, "pom.xml").write_text(_POM)
        goal = ["dependency:copy-dependencies", "-DoutputDirectory=lib"]
        done = subprocess.run(
            [maven, "-q", "-B", *goal], cwd=work, check=False, capture_output=True, text=True, timeout=900
        )
        if done.returncode:
            raise Unavailable(f"Maven could not fetch Cassandra {VERSION}: {done.stdout.strip()[-600:]}")
        # Renamed only when complete: a killed run leaves no half-filled directory behind.
        Path(work, "lib").rename(directory)
