import pytest

from apitest.errors import BadValue
from apitest.language.lists import ListItem
from apitest.tables import conditions
from apitest.tables.conditions import Condition, Criterion


def condition(column: str, sign: str, value: str, exact: bool = False) -> Condition:
    return Condition(column, sign, ListItem(value, exact))


def test_a_filter_pairs_columns_signs_and_values() -> None:
    """The words of a stored filter stand for comparisons, one for each column, joined by one word."""
    found = conditions.filtered("col1,col2", "equal to,greater than", "1,2", "and")
    assert found == Criterion((condition("col1", "=", "1"), condition("col2", ">", "2")), ("and",))


def test_one_comparison_serves_all_columns() -> None:
    """A single sign is used for each column, and joints stand between neighbours."""
    found = conditions.filtered("a,b,c", "=", "1,2,3", "and,or")
    assert [each.sign for each in found.conditions] == ["=", "=", "="]
    assert found.joints == ("and", "or")
    assert [len(group) for group in found.alternatives()] == [2, 1]


def test_one_column_needs_no_joint() -> None:
    """With a single column whatever joins conditions is left out of account."""
    assert conditions.filtered("a", "at least", "1", "") == Criterion((condition("a", ">=", "1"),))
    assert conditions.filtered("a", "in", "1,2", "and").conditions[0].value == [ListItem("1"), ListItem("2")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("a,b", "=,=,=", "1,2", "and"), "3 comparisons for 2 columns"),
        (("a,b", "=", "1,2", "xor"), '"xor" joins no conditions'),
        (("a,b,c", "=", "1,2,3", "and,and,or"), "3 joints between 3 conditions"),
        (("a", "greater then", "1", "and"), "is not a comparison"),
        (("a", "?!", "1", "and"), "is not a comparison"),
        (("a,b", "=", "1,2,3", "and"), "3 values for 2 columns"),
    ],
)
def test_a_filter_that_does_not_add_up_is_refused(arguments: tuple[str, str, str, str], told: str) -> None:
    """Numbers that differ and unknown words are errors that say which."""
    with pytest.raises(BadValue, match=told.replace("?", r"\?")):
        conditions.filtered(*arguments)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("id=1", "id = 1"),
        (" WHERE id=1", "id = 1"),
        ('where "Id" = 1 and where2 = 3', "Id = 1 and where2 = 3"),
        ("id = 1 and name = 'x and y'", "id = 1 and name = x and y"),
        ("a >= 3 or b is NOT null AND c in (1, 'x')", "a >= 3 or b is not null and c in (1, x)"),
        ("a='x'or b<>2", "a = x or b != 2"),
        ("id in 1,2", "id in (1, 2)"),
        ("name not  like 'a%'", "name not like a%"),
        ('"Odd.Name" = 1', "Odd.Name = 1"),
        ("s = ''; DROP TABLE t; --", "s = ''; DROP TABLE t; --"),
    ],
)
def test_a_condition_is_read_from_text(text: str, shown: str) -> None:
    """Signs and words make conditions; a value ends where a joint follows, or at its closing quote."""
    assert str(conditions.criterion(text)) == shown


def test_a_stored_criterion_stays_as_it_is() -> None:
    """A criterion is not read as a text."""
    stored = Criterion((condition("a", "=", "1"),))
    assert conditions.criterion(stored) is stored


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("filtr", "Did you mean the filter filter?"),
        ("=1", "Stored filters are filter."),
        ("", "Stored filters are filter."),
        ("a = 1 and b", "A condition is written like"),
    ],
)
def test_a_text_that_is_no_condition_is_refused(text: str, told: str) -> None:
    """The error names near filters and shows how a condition is written."""
    with pytest.raises(BadValue) as caught:
        conditions.criterion(text, ["filter"])
    assert told in caught.value.fix


def test_without_filters_none_are_offered() -> None:
    """Where no filter is stored the error does not speak of any."""
    with pytest.raises(BadValue) as caught:
        conditions.criterion("nonsense")
    assert "filter" not in caught.value.fix
