"""The list of predicates."""

from apitest.steps.predicates.all import ENDINGS, THEMES
from apitest.steps.predicates.predicate import predicate


def test_every_predicate_has_its_place() -> None:
    """The predicates of a theme stand together, in the order of the themes, and none is left out."""
    modules = [ending.function.__module__ for ending in ENDINGS.all]
    assert list(dict.fromkeys(modules)) == [theme.__name__ for theme in THEMES]
    assert len(modules) == len(predicate.endings)
