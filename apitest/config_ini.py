"""Reads a config.ini, and finds what is in it but means nothing to apitest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from apitest.errors import ProjectError
from apitest.expressions import expression
from apitest.language.suggestions import did_you_mean, near_misses

SECTIONS: Mapping[str, Sequence[str] | None] = {
    "apitest": ("address", "requests", "response_limit", "strict"),
    "behave": ("options",),
    "user": None,
    "secrets": None,
    "vault": None,
}
"""The sections, each with its settings; None for one whose settings are not known here."""

_OURS = expression(rb"^[ \t]*\[[ \t]*(%s)[ \t]*\]" % b"|".join(name.encode() for name in SECTIONS), re.MULTILINE)


def read(path: Path) -> Mapping[str, object]:
    """A config.ini as nested dictionaries; values are text, or lists of text where commas separate them.

    Raises:
        ProjectError: the file is not a valid config file, with its line.
    """
    from configobj import ConfigObj, ConfigObjError

    try:
        return dict(ConfigObj(str(path), encoding="utf-8", raise_errors=True, interpolation=False, list_values=True))
    except ConfigObjError as error:
        line = getattr(error, "line_number", None)
        text = str(getattr(error, "line", "")).strip()
        raise ProjectError(
            "config.ini cannot be read: " + str(error).split(" at line")[0].rstrip("."),
            f"{path}:{line}" if line else str(path),
            "A line is a [section], a key = value, or a # comment",
            text,
        ) from None
    except UnicodeDecodeError as error:
        problem = f"config.ini is not UTF-8: byte {error.start} cannot be decoded"
        raise ProjectError(problem, str(path), "Save it as UTF-8") from None
    except OSError as error:
        raise ProjectError(f"config.ini cannot be read: {error.strerror}", str(path)) from None


def check(config: Mapping[str, object], path: Path, old: bool) -> tuple[str, ...]:
    """What to tell of sections and settings that do not exist.

    Args:
        config: as it was read.
        path: the file.
        old: an old project is told of what others may not have.

    Raises:
        ProjectError: a setting does not exist, or a section that is spelt much like one that does.
    """
    told: list[str] = []
    for error, sure in _unknown(config, path):
        if sure and not old:
            raise error
        told.append(f"{error.where}: {error.problem}. {error.fix}")
    return tuple(told)


def overlooked(path: Path, beside: Path) -> ProjectError | None:
    """The error of a config.ini that stands beside the features, where nobody reads it; None where there is none.

    Args:
        path: where config.ini is, or would be.
        beside: where another one may be.
    """
    try:
        ours = beside != path and _OURS.search(beside.read_bytes()) is not None
    except OSError:
        return None
    if not ours:
        return None
    fix = "Delete it, or move what it says to" if path.is_file() else "Move it to"
    return ProjectError(
        "This config.ini is not read: it stands beside features/, not in it", str(beside), f"{fix} {path}"
    )


def _unknown(config: Mapping[str, object], path: Path) -> list[tuple[ProjectError, bool]]:
    """The error of each name that does not exist, and whether it is one for sure."""
    found: list[tuple[ProjectError, bool]] = []
    for name, content in config.items():
        if not isinstance(content, Mapping):
            if name not in SECTIONS:  # a section written as a value has an error of its own
                fix = "Write it below [user], or the section that it belongs to"
                found.append((ProjectError(f"{name} stands above all sections", _place(path, name), fix), True))
            continue
        settings = SECTIONS.get(name, ())
        if name not in SECTIONS:
            near = near_misses(name, SECTIONS)
            fix = (
                did_you_mean(f"[{one}]" for one in near) or f"The sections are {_list(f'[{one}]' for one in SECTIONS)}"
            )
            found.append(
                (ProjectError(f"apitest does not use the section [{name}]", _place(path, "", name), fix), bool(near))
            )
        elif settings is not None:
            for key in content:
                if key not in settings:
                    fix = did_you_mean(near_misses(key, settings)) or f"It has {_list(settings)}"
                    found.append((ProjectError(f"[{name}] has no setting {key}", _place(path, key, name), fix), True))
    return found


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _place(path: Path, key: str, section: str = "") -> str:
    """The file, with the line of a setting or of a section where it is found."""
    inside = ""
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        heading = re.match(r"\s*\[\s*['\"]?(.*?)['\"]?\s*\]", line)
        inside = heading[1] if heading else inside
        at_key = re.match(rf"\s*['\"]?{re.escape(key)}['\"]?\s*=", line) if key else heading
        if inside == section and at_key:
            return f"{path}:{number}"
    return str(path)
