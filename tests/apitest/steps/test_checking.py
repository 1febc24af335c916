"""The grid of checks."""

from apitest.language.registry import load
from apitest.steps import MODULES


def test_a_step_leads_to_its_predicate() -> None:
    """The function of a sentence is unwrapped to the predicate, where a reader looks."""
    import inspect

    found = load(MODULES).find("then", 'header "X" starts with "y"')
    assert found is not None
    assert inspect.unwrap(found.sentence.function).__name__ == "starts_with"
    assert [place.__name__ for place in found.sentence.places] == ["starts_with", "find"]
