"""apitest.language.suggestions: what may be meant by a name that is not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.language.suggestions import did_you_mean, near_misses


def test_case_and_punctuation_come_first() -> None:
    """A name that differs in case or punctuation only is likelier than one that is merely alike."""
    assert near_misses("customerid", ["customer_ids", "Customer_ID"]) == ["Customer_ID", "customer_ids"]


def test_the_name_itself_and_strangers_are_left_out() -> None:
    """Neither the name itself nor what is unlike it is suggested."""
    assert near_misses("status", ["status", "body", "stauts"]) == ["stauts"]


def test_no_more_than_the_limit() -> None:
    """No more names are suggested than asked for."""
    assert len(near_misses("item", ["item1", "item2", "item3", "item4"], limit=2)) == 2


@pytest.mark.parametrize(
    ("suggestions", "question"),
    [
        ([], ""),
        (["a"], "Did you mean a?"),
        (["a", "b"], "Did you mean a or b?"),
        (["a", "b", "c"], "Did you mean a, b or c?"),
    ],
)
def test_question(suggestions: list[str], question: str) -> None:
    """The question names all suggestions, and there is none without one."""
    assert did_you_mean(suggestions) == question


def test_near_misses_of_case_come_first() -> None:
    """Names that differ in case and punctuation come before those that are only alike."""
    known = ["customer", "customers_id", "Customer-ID", "unrelated"]
    assert near_misses("customer_id", known) == ["Customer-ID", "customers_id", "customer"]
    assert near_misses("customer_id", known, limit=1) == ["Customer-ID"]


@given(st.text(), st.lists(st.text()))
def test_near_misses_are_candidates(name: str, known: list[str]) -> None:
    """Near misses are different candidates, at most as many as asked for, and never the name itself."""
    found = near_misses(name, known)
    assert len(found) == len(set(found)) <= 3
    assert set(found) <= set(known) - {name}


def test_how_much_alike_names_have_to_be() -> None:
    """What is only somewhat alike is left out where that is asked for."""
    assert near_misses("expirable", ["expiration"]) == ["expiration"]
    assert near_misses("expirable", ["expiration"], least=0.8) == []
    assert near_misses("priorty", ["priority"], least=0.8) == ["priority"]
