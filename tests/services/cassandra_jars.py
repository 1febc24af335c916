"""The jars of a Cassandra node, fetched once through Maven and kept."""

from pathlib import Path

from tests.services import maven

VERSION = "5.0.6"
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


def jars() -> Path:
    """The directory of the node's jars, fetched (about 66 MB) when this machine has not got them yet.

    Raises:
        Unavailable: there is no Maven, or it could not fetch them.
    """
    return maven.kept(f"cassandra-{VERSION}", _fetch)


def _fetch(work: Path) -> Path:
    (work / "pom.xml").write_text(_POM)
    maven.run(work, f"Cassandra {VERSION}", "dependency:copy-dependencies", "-DoutputDirectory=lib")
    return work / "lib"
