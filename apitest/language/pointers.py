"""JSON Pointers for those who write a path as other tools do: ``$.a.b``, ``a.b`` or ``a[0].b``."""

from apitest.expressions import expression

_DOTTED = expression(r"\$?\.?([\w-]+)?(\.[\w-]+|\[(\d+|'[^']*'|\"[^\"]*\")\])*")
_PART = expression(r"\[(?:(\d+)|'([^']*)'|\"([^\"]*)\")\]|([\w-]+)")


def of_dotted(path: str) -> str:
    """The JSON Pointer that names the same; empty where the path is not one of names and indexes."""
    if ".." in path or not _DOTTED.fullmatch(path):
        return ""
    parts = ("".join(found.groups(default="")) for found in _PART.finditer(path.removeprefix("$")))
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)
