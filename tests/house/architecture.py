"""The modules' part of ARCHITECTURE.md, from their docstrings: ``python -m tests.house.architecture`` writes it."""

import ast
from itertools import groupby

from tests.house.tree import ROOT, Module, modules, syntax

DOCUMENT = ROOT / "ARCHITECTURE.md"
BEGIN = "<!-- modules: written by `make docs` from the modules' docstrings -->"
END = "<!-- end of modules -->"


def summary(module: Module) -> str:
    """The first paragraph of a module's docstring, in one line; empty if it has none."""
    text = (ast.get_docstring(syntax(module.file)) or "").partition("\n\n")[0]
    return " ".join(text.split()).replace("|", "\\|")


def has_row(module: Module) -> bool:
    """Whether a module gets a row: an __init__.py that says nothing, and migrations, do not."""
    return "versions" not in module.path.parts and bool(module.path.name != "__init__.py" or summary(module))


def tables() -> str:
    """A table for each folder, with a row for each module in it."""
    parts = []
    listed = [module for module in modules() if has_row(module)]
    for folder, found in groupby(sorted(listed, key=_place), key=lambda module: module.path.parent):
        rows = "\n".join(f"| `{module.path.name}` | {summary(module)} |" for module in found)
        parts.append(f"### `{folder.as_posix()}/`\n\n| Module | What it is |\n|--------|------------|\n{rows}\n")
    return "\n".join(parts)


def _place(module: Module) -> tuple[str, str]:
    return module.path.parent.as_posix(), module.path.name


def with_tables(text: str) -> str:
    """The document with the part between the two comments as it should be now."""
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text("utf-8")), "utf-8")
