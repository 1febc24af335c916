"""Every predicate, in the order of the manual."""

from apitest.language.grid import Endings
from apitest.steps.predicates import dates, documents, equality, lists, numbers, rows, sizes, text, types
from apitest.steps.predicates.predicate import predicate

THEMES = (equality, sizes, types, text, numbers, dates, documents, lists, rows)
_ORDER = {theme.__name__: place for place, theme in enumerate(THEMES)}

ENDINGS = Endings(sorted(predicate.endings, key=lambda ending: _ORDER[ending.function.__module__]))
