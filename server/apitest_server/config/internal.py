"""The modules of internal services, by the names that ``[deploy_internal]`` uses; nothing of them is imported."""

from collections.abc import Iterator
from pathlib import Path

DIRECTORY = Path(__file__).parents[1] / "internal"
_MACHINERY = {"crud"}  # What services are made with; it has none of its own


def internal_modules(directory: Path = DIRECTORY) -> dict[str, tuple[str, ...]]:
    """Each module of a directory, sorted, and the Python modules that it consists of.

    A module is one file, ``{"ping": ("ping",)}``, or a directory of files: ``{"cache": ("cache.entries", …)}``. A name
    that begins with an underscore is none.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(_found(directory, "")):
        top = name.partition(".")[0]
        if top not in _MACHINERY:
            found[top] = (*found.get(top, ()), name)
    return found


def _found(directory: Path, prefix: str) -> Iterator[str]:
    for path in directory.iterdir():
        if path.name.startswith(("_", ".")):
            continue
        if path.suffix == ".py":
            yield prefix + path.stem
        elif path.is_dir():
            yield from _found(path, f"{prefix}{path.name}.")
