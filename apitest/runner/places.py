"""The places in feature files that the paths of a command line stand for."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from behave.exception import ConfigError, FileNotFoundError, InvalidFileLocationError, InvalidFilenameError
from behave.model_type import FileLocation
from behave.runner_util import collect_feature_locations

from apitest.errors import UsageError
from apitest.runner.model import Config, Place

_ERRORS = (ConfigError, FileNotFoundError, InvalidFileLocationError, InvalidFilenameError)
_FIX = "Name a directory, a .feature file or FILE:LINE"


def locations(paths: list[str], exclude: Callable[[Place], bool], apart: Path | None = None) -> list[Place]:
    """The places that paths stand for, as behave understands them, their names absolute.

    A directory's files are in behave's order. A link back to a directory that it stands in is not followed; a
    directory that cannot be read counts as a place, so that reading it tells why.

    Args:
        paths: directories, .feature files, FILE:LINE, @FILE with a list of these.
        exclude: whether to leave a place out.
        apart: a directory whose files are run by name only.

    Raises:
        UsageError: a path that does not exist, cannot be read or is not a .feature file.
    """
    try:
        found = [place for path in paths for place in _below(path, apart)]
    except _ERRORS as error:
        raise UsageError(f"{type(error).__name__}: {error}", fix=_FIX) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The list of features cannot be read: {error}", fix=_FIX) from None
    wanted = (place for place in found if not exclude(place))
    # The project's own code may change the working directory before their turn comes.
    return [FileLocation(os.path.abspath(place.filename), place.line) for place in wanted]


def _below(path: str, apart: Path | None) -> Iterator[FileLocation]:
    if not Path(path).is_dir():
        yield from collect_feature_locations([path])
        return
    unreadable: list[FileLocation] = []
    for name, folders, files in os.walk(
        path, followlinks=True, onerror=lambda error: unreadable.append(FileLocation(error.filename))
    ):
        directory = Path(name)
        folders[:] = [folder for folder in sorted(folders) if not _is_left_out(directory, folder, apart)]
        yield from (FileLocation(str(directory / file)) for file in sorted(files) if file.endswith(".feature"))
    yield from unreadable


def _is_left_out(directory: Path, folder: str, apart: Path | None) -> bool:
    is_apart = apart is not None and folder == apart.name and (directory / folder).resolve() == apart
    return is_apart or _leads_back(directory, folder)


def _leads_back(directory: Path, folder: str) -> bool:
    """Whether a folder is a link to a directory that it stands in."""
    path = directory / folder
    return path.is_symlink() and directory.resolve().is_relative_to(path.resolve())


def asked(config: Config, apart: Path | None) -> Iterator[tuple[str, bool]]:
    """The files that a run is asked for, and whether that is all of each: neither lines nor names choose of it.

    Raises:
        UsageError: as `locations`.
    """
    for place in locations(config.paths, config.exclude, apart):
        yield place.filename, place.line is None and not config.name
