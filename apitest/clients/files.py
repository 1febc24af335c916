"""Finds and reads the request and response files of a project, and nothing outside it."""

from pathlib import Path

from apitest.errors import BadValue
from apitest.language.suggestions import did_you_mean, near_misses


def find(features: str, kind: str, direction: str, name: str) -> Path:
    """The file that a step names.

    Args:
        features: the project's features directory.
        kind: a format ("JSON", "XML", "RAW", "FORM"); its directory is named in lower case.
        direction: "request" or "response".
        name: the file's path below ``<features>/<kind>/<direction>/``.

    Raises:
        BadValue: there is no such file, or it lies outside the project.
    """
    root = Path(features).resolve()
    directory = root / kind.lower() / direction
    path = (directory / str(name)).resolve()
    if not path.is_relative_to(root):
        raise BadValue(
            f'The {direction} file "{name}" lies outside the project',
            str(path),
            f"Put it in {directory} and write its name only",
        )
    if not path.is_file():
        raise _missing(str(name), path, directory, direction)
    return path


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


def text_of(content: bytes, where: str) -> str:
    """The text in the content of a file.

    Raises:
        BadValue: it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"byte {error.object[error.start]:#04x} at position {error.start}"
        raise BadValue(f"The file is not UTF-8: {byte}", where, "Save it as UTF-8") from None


def _missing(name: str, path: Path, directory: Path, direction: str) -> BadValue:
    return BadValue(f'There is no {direction} file "{name}"', str(path), _advice(name, directory))


def _advice(name: str, directory: Path) -> str:
    root, direction = directory.parent.parent, directory.name
    elsewhere = [place.parent.parent.name for place in root.glob(f"*/{direction}/*") if place.name == name]
    if elsewhere:
        return f'There is one for another format: Given format "{elsewhere[0].upper()}"'
    if not directory.is_dir():
        return f"Make the directory {directory} and put the file there"
    known = [str(file.relative_to(directory)) for file in sorted(directory.rglob("*")) if file.is_file()]
    return did_you_mean(near_misses(name, known)) or f"The directory holds: {_listed(known)}"


def _listed(names: list[str], limit: int = 10) -> str:
    shown = ", ".join(names[:limit]) or "no files"
    return f"{shown} and {len(names) - limit} more" if len(names) > limit else shown
