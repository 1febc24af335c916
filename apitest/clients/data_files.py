"""Finds the SQL and CSV files of a project, and nothing outside it."""

from collections.abc import Iterator
from pathlib import Path

from apitest.context import FeatureContext
from apitest.errors import BadValue
from apitest.language.suggestions import did_you_mean, near_misses

_LISTED = 10


def find(zato: FeatureContext, kind: str, name: str) -> Path:
    """The file that a step names.

    It is looked for in ``<features>/<kind>/request``, ``<features>/<kind>``, ``<features>/sql/request``,
    ``<features>/sql``, in ``<features>`` itself and in the project's directory.

    Args:
        zato: the feature.
        kind: "sql", "csv" or "cql".
        name: the file's path below one of these directories.

    Raises:
        BadValue: there is no such file, or it lies outside the project.
    """
    features = Path(zato.environment_dir).resolve()
    root = zato.run.project.root.resolve()
    places = list(dict.fromkeys(_places(features, kind, root)))
    found = [path for place in places if (path := (place / str(name)).resolve()).is_file()]
    inside = next((path for path in found if path.is_relative_to(root) or path.is_relative_to(features)), None)
    if inside:
        return inside
    if found:
        raise BadValue(
            f'The file "{name}" lies outside the project', str(found[0]), f"Put it in {places[0]} and write its name."
        )
    raise _missing(str(name), places[0], root)


def _places(features: Path, kind: str, root: Path) -> Iterator[Path]:
    for directory in (kind, "sql"):
        yield features / directory / "request"
        yield features / directory
    yield features
    yield root


def _missing(name: str, place: Path, root: Path) -> BadValue:
    known = sorted(path.name for path in root.rglob(f"*{Path(name).suffix or '.sql'}") if path.is_file())
    likely = did_you_mean(near_misses(Path(name).name, known))
    return BadValue(
        f'There is no file "{name}"',
        str(place / name),
        likely or (f"The project has {', '.join(known[:_LISTED])}." if known else f"Put it in {place}."),
    )
