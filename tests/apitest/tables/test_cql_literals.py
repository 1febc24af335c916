import pytest

from apitest.errors import BadValue
from apitest.language.lists import ListItem
from apitest.tables.cql_literals import Items, Pairs, Part, parse, part_of

ONE, TWO, A = ListItem("1"), ListItem("2"), ListItem("a", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, text", ListItem("plain, text")),
        ("[]", Items("[", ())),
        (" { } ", Items("{", ())),
        ("[1, 2]", Items("[", (ONE, TWO))),
        ("[1, 2,]", Items("[", (ONE, TWO))),
        ("('a', \"a\")", Items("(", (A, A))),
        ("{'it''s'}", Items("{", (ListItem("it's", True),))),
        ('{"say ""x"""}', Items("{", (ListItem('say "x"', True),))),
        ("{'a': 1, b : [2]}", Pairs(((A, ONE), (ListItem("b"), Items("[", (TWO,)))))),
        ("{k: 2024-01-01T10:00}", Pairs(((ListItem("k"), ListItem("2024-01-01T10:00")),))),
        ("[10:30, {1, 2} ]", Items("[", (ListItem("10:30"), Items("{", (ONE, TWO))))),
    ],
)
def test_a_collection_is_cut_into_its_parts(text: str, expected: Part) -> None:
    """Lists, sets, maps and tuples nest; quotes are taken away, and nothing is typed."""
    assert parse(text) == expected


@pytest.mark.parametrize("text", ["[1", "[1)", "[1] 2", "[,]", "{a: 1, b}", "{a, b: 1}", "{a:}", "['x' y]"])
def test_a_broken_collection_is_refused(text: str) -> None:
    """Brackets that do not close, missing parts and mixed maps are errors with a place."""
    with pytest.raises(BadValue) as caught:
        parse(text)
    assert caught.value.where.startswith("character ")


def test_a_stored_value_has_parts() -> None:
    """Lists, tuples and sets hold items, dictionaries pairs; everything else is itself."""
    value = {"a": [1, (None,)], "b": {2}}
    inner = Items("[", (ListItem(1, True), Items("[", (ListItem(None, True),))))
    two = Items("[", (ListItem(2, True),))
    assert part_of(value) == Pairs(((ListItem("a", True), inner), (ListItem("b", True), two)))
