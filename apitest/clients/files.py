"""Finds and reads the files of a project.

One rule holds for all of them: a file that a step names is inside the project, and that of a format inside the
directory of the features; a symbolic link counts as what it points to. Steps that set something up (certificates, a
module to deploy) take a file anywhere if its path is absolute; a module may be below the working directory, too.
"""

from collections.abc import Sequence
from pathlib import Path

from apitest.context import FeatureContext
from apitest.errors import BadValue
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.project import ONCE

_LISTED = 10
_SAVED = "saved"

Roots = tuple[Path, ...]
"""The directory of the features, that of the project, and where a module is deployed from, the working directory."""


def request(zato: FeatureContext, kind: str, name: str) -> Path:
    """``<features>/<kind>/request/<name>``, of a format ("JSON", "XML", "RAW", "FORM").

    Raises:
        BadValue: there is no such file, or it is outside the project.
    """
    return _of_format(zato, kind, "request", name)


def response(zato: FeatureContext, kind: str, name: str) -> Path:
    """``<features>/<kind>/response/<name>``. Raises as `request`."""
    return _of_format(zato, kind, "response", name)


def data(zato: FeatureContext, kind: str, name: str) -> Path:
    """An SQL, CSV or CQL file.

    It is looked for in ``<features>/<kind>/request``, ``<features>/<kind>``, ``<features>/sql/request``,
    ``<features>/sql``, in ``<features>`` itself and in the project's directory.

    Args:
        zato: the feature.
        kind: "sql", "csv" or "cql".
        name: the file's path below one of these directories.

    Raises:
        BadValue: there is no such file, or it is outside the project.
    """
    roots = _roots(zato)
    features, root = roots
    directories = [features / part / each for part in dict.fromkeys((kind, "sql")) for each in ("request", "")]
    found = _inside(roots, [*directories, features, root], name)
    if found:
        return found
    known = sorted(path.name for path in root.rglob(f"*{Path(name).suffix or '.sql'}") if path.is_file())
    likely = did_you_mean(near_misses(Path(name).name, known))
    fix = likely or (f"The project has {', '.join(known[:_LISTED])}." if known else f"Put it in {directories[0]}.")
    raise BadValue(f'There is no file "{name}"', str(directories[0] / name), fix)


def once(zato: FeatureContext, name: str) -> Path:
    """``<features>/once/<name>``, a feature that runs where steps ask for it.

    Raises:
        BadValue: there is no such file, or it is outside the project.
    """
    roots = _roots(zato)
    directory = roots[0] / ONCE
    found = _inside(roots, [directory], name)
    if found:
        return found
    known = [str(file.relative_to(directory)) for file in sorted(directory.rglob("*.feature"))]
    fix = did_you_mean(near_misses(name, known)) or f"The directory contains: {_listed(known)}"
    raise BadValue(f'There is no file "{name}"', str(directory / name), fix)


def setting(zato: FeatureContext, name: str) -> Path:
    """A file that a setting needs: relative to the features or to the project, or anywhere by its absolute path.

    Raises:
        BadValue: there is no such file, or a relative path leads out of the project.
    """
    return setting_in(_roots(zato), name)


def module(zato: FeatureContext, name: str) -> Path:
    """A Python file to deploy, as `setting` finds it, or relative to the working directory. Raises as `setting`."""
    return setting_in((*_roots(zato), Path.cwd().resolve()), name)


def setting_in(roots: Roots, name: str) -> Path:
    """As `setting`, for the directories of the features and of the project."""
    if Path(name).is_absolute() and _is_file(Path(name)):
        return Path(name)
    found = None if Path(name).is_absolute() else _inside(roots, roots, name)
    if found:
        return found
    fix = "A path is relative to the directory of the features or of the project, or absolute"
    raise BadValue(f'There is no file "{name}"', str(roots[0] / name), fix)


def _roots(zato: FeatureContext) -> tuple[Path, Path]:
    return Path(zato.environment_dir).resolve(), zato.run.project.root.resolve()


def _inside(roots: Roots, directories: Sequence[Path], name: str) -> Path | None:
    """The first file of that name in the directories that is inside the project; None if there is no file.

    Raises:
        BadValue: what there is, is outside the project.
    """
    try:
        places = [(directory / name).resolve() for directory in directories]
    except (OSError, ValueError):  # a name that no file can have
        return None
    found = [place for place in places if _is_file(place)]
    inside = [place for place in found if _is_inside(roots, place)]
    outside = found or [place for place in places[:1] if not _is_inside(roots, place)]
    if outside and not inside:
        fix = f"Put it in {directories[0]} and write its name only"
        raise BadValue(f'The file "{name}" is outside the project', str(outside[0]), fix)
    return inside[0] if inside else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _is_inside(roots: Roots, path: Path) -> bool:
    return any(path.is_relative_to(root) for root in roots)


def _of_format(zato: FeatureContext, kind: str, direction: str, name: str) -> Path:
    features = _roots(zato)[0]
    directory = features / kind.lower() / direction
    found = _inside((features,), [directory], str(name))
    if found:
        return found
    raise BadValue(f'There is no {direction} file "{name}"', str(directory / name), _advice(str(name), directory))


def _advice(name: str, directory: Path) -> str:
    root, direction = directory.parent.parent, directory.name
    elsewhere = [place.parent.parent.name for place in root.glob(f"*/{direction}/*") if place.name == name]
    if elsewhere:
        return f'There is one for another format: Given format "{elsewhere[0].upper()}"'
    if not directory.is_dir():
        return f"Make the directory {directory} and put the file there"
    known = [str(file.relative_to(directory)) for file in sorted(directory.rglob("*")) if file.is_file()]
    return did_you_mean(near_misses(name, known)) or f"The directory contains: {_listed(known)}"


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_LISTED]) or "no files"
    return f"{shown} and {len(names) - _LISTED} more" if len(names) > _LISTED else shown


def read(path: Path) -> str:
    """The text of a file.

    Raises:
        BadValue: it cannot be read, or is not UTF-8.
    """
    return text_of(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """The content of a file.

    Raises:
        BadValue: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadValue(f"The file cannot be read: {error.strerror}", str(path)) from None


def save(zato: FeatureContext, name: str, content: bytes) -> Path:
    """Writes a file below the directory "saved" of the project, in place of one that is there.

    Raises:
        BadValue: the name leads out of that directory, or the file cannot be written.
    """
    directory = zato.run.project.root.resolve() / _SAVED
    path = (directory / str(name)).resolve()
    if path == directory or not path.is_relative_to(directory):
        raise BadValue(f'"{name}" is not a file below {directory}', fix='Write its name only: "invoice.pdf"')
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise BadValue(f"The file cannot be written: {error.strerror}", str(path)) from None
    return path


def text_of(content: bytes, where: str) -> str:
    """The text in the content of a file.

    Raises:
        BadValue: it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"byte {error.object[error.start]:#04x} at position {error.start}"
        fix = "Save it as UTF-8, if it is text. Other files are sent in the format RAW, and compared by: "
        fix += 'response has the bytes of "…"'
        raise BadValue(f"The file is not UTF-8: {byte}", where, fix) from None
