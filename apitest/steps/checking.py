"""The grid of checks: every subject with every predicate that makes sense with it.

What stands here is how the two halves meet; the subjects are in ``subjects/``, the predicates in ``predicates/``.
"""

from collections.abc import Callable

from apitest.language.grid import Beginning, Ending, Endings, Grid, parameters
from apitest.language.registry import REGISTRY
from apitest.steps import quantities, waiting
from apitest.steps.predicates.all import ENDINGS
from apitest.steps.storing import STORED
from apitest.steps.subjects.all import SUBJECTS
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind

_Step = Callable[..., None]
_Predicate = Callable[[Found], object]


def check(beginning: Beginning, ending: Ending) -> _Step:
    """The step that finds the subject and says the predicate of it."""
    return _step(beginning, ending, lambda found, say: say(found))


def each(beginning: Beginning, ending: Ending) -> _Step:
    """The step that says the predicate of each item."""
    return _step(beginning, ending, quantities.each)


def any_item(beginning: Beginning, ending: Ending) -> _Step:
    """The step that says the predicate of at least one item."""
    return _step(beginning, ending, quantities.any_item)


def no_item(beginning: Beginning, ending: Ending) -> _Step:
    """The step that says the predicate of none of the items."""
    return _step(beginning, ending, quantities.no_item)


def _step(beginning: Beginning, ending: Ending, say: Callable[[Found, _Predicate], object]) -> _Step:
    find, function = beginning.function, ending.function
    of_subject = parameters(beginning.wordings[0])

    def step(ctx: object, **arguments: object) -> None:
        named = {name: arguments.pop(name) for name in of_subject}
        subject = find(ctx, **named)
        assert isinstance(subject, Found), "what subjects return"
        say(subject, lambda found: function(found, **arguments))

    step.__wrapped__ = function  # type: ignore[attr-defined]  # where a reader is led to
    return step


_ALL = [subject.beginning for subject in SUBJECTS]
_LISTS = [subject.beginning for subject in SUBJECTS if Kind.SIZE in subject.takes]
_KEPT = [subject.beginning for subject in SUBJECTS if subject.stored]
_OF_ITEMS = Endings(ending for ending in ENDINGS.all if ending.kind not in (Kind.ROWS, Kind.ABSENCE))

REGISTRY.grids += [
    Grid("then", _ALL, ENDINGS, check),
    Grid("then", _LISTS, _OF_ITEMS, each, "each item of ", listed=False),
    Grid("then", _LISTS, _OF_ITEMS, any_item, "any item of ", listed=False),
    Grid("then", _LISTS, _OF_ITEMS, no_item, "no item of ", listed=False),
    Grid("then", _KEPT, STORED, check, "I store "),
]
REGISTRY.modifiers.append(waiting.within({subject.find for subject in SUBJECTS if subject.again}))
