"""ARCHITECTURE.md has a row for every module, and it is what the module says about itself."""

from tests.house.architecture import BEGIN, DOCUMENT, END, has_row, summary, tables, with_tables
from tests.house.tree import modules


def test_every_module_says_what_it_is() -> None:
    """The first paragraph of its docstring is there, since it becomes the module's row."""
    assert [module.name for module in modules() if has_row(module) and not summary(module)] == []


def test_the_rows_are_up_to_date() -> None:
    """The document is what `make docs` would write."""
    text = DOCUMENT.read_text("utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert with_tables(text) == text, "ARCHITECTURE.md is stale: run `make docs` and commit it"


def test_every_module_has_one_row() -> None:
    """There are as many rows as modules that get one."""
    assert sum(line.startswith("| `") for line in tables().splitlines()) == sum(map(has_row, modules()))
