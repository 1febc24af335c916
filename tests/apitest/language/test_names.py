"""Names without regard to the case of their letters."""

import pytest

from apitest.language.names import alike, meant


def test_names_that_differ_in_case_are_alike() -> None:
    """All spellings are found, in the order in which they are known."""
    assert alike("ID", ["id", "name", "Id", "ID"]) == ["id", "Id", "ID"]
    assert alike("STRASSE", ["straße"]) == ["straße"]
    assert alike("x", []) == []


@pytest.mark.parametrize(
    ("known", "found"),
    [(["id", "Id"], None), (["id"], "id"), (["id", "ID"], "ID"), (["ids"], None)],
)
def test_a_name_is_meant_where_that_is_clear(known: list[str], found: str | None) -> None:
    """The same name comes first; of several that differ in case alone, none is chosen."""
    assert meant("ID", known) == found
