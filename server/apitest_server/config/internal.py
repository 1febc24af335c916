"""The modules of internal services, by the names that ``[deploy_internal]`` uses; nothing of them is imported."""

from collections.abc import Iterator
from pathlib import Path

DIRECTORY = Path(__file__).parents[1] / "internal"


def internal_modules(directory: Path = DIRECTORY) -> tuple[str, ...]:
    """All modules below a directory, sorted: ``ping``, ``channel.web_socket``.

    A name that begins with an underscore is no module of services.
    """
    return tuple(sorted(_found(directory, "")))


def _found(directory: Path, prefix: str) -> Iterator[str]:
    for path in directory.iterdir():
        if path.name.startswith(("_", ".")):
            continue
        if path.suffix == ".py":
            yield prefix + path.stem
        elif path.is_dir():
            yield from _found(path, f"{prefix}{path.name}.")
