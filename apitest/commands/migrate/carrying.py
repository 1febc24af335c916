"""The setting that a project needs so that its requests carry over once it no longer imports from zato.apitest."""

from collections.abc import Mapping
from pathlib import Path

from apitest import config_ini
from apitest.expressions import expression
from apitest.project import Project, has_old_import

SETTING = "requests = carried over"
_SECTION = expression(r"(?m)^[ \t]*\[[ \t]*apitest[ \t]*\][^\n]*(?:\n|\Z)")


def rewritten(project: Project, environment: str) -> tuple[str, str]:
    """The text of config.ini before and after, which differ if it has to say how long requests last.

    Args:
        project: as it is.
        environment: the text that its environment.py will have.

    Raises:
        ProjectError: config.ini cannot be read.
    """
    path = project.config_path
    before = path.read_bytes().decode("utf-8") if path.is_file() else ""
    if not project.is_old or has_old_import(environment.encode()) or (before and _is_said(path)):
        return before, before
    end = "\r\n" if "\r\n" in before else "\n"
    found = _SECTION.search(before)
    if found:
        head = before[: found.end()].rstrip("\r\n")
        return before, f"{head}{end}{SETTING}{end}{before[found.end() :]}"
    kept = before.rstrip("\r\n")
    return before, f"{kept}{end * 2 if kept else ''}[apitest]{end}{SETTING}{end}"


def _is_said(path: Path) -> bool:
    own = config_ini.read(path).get("apitest")
    return isinstance(own, Mapping) and "requests" in own
