"""The grid of checks: every subject with every predicate that makes sense with it.

What stands here is how the two halves meet; the subjects are in ``subjects/``, the predicates in ``predicates/``.
"""

from collections.abc import Callable, Mapping
from functools import partial

from apitest.language.grid import Beginning, Cell, Ending, Endings, Grid, parameters
from apitest.language.registry import REGISTRY, Sentence
from apitest.steps import denials, quantities, waiting
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
    """The step that says the predicate of none of the items, in any reading of one."""
    opposite = ENDINGS.opposite(ending)
    if opposite is None or ending.kind not in (Kind.VALUE, Kind.TYPE, Kind.TEXT):
        return _step(beginning, ending, quantities.no_item)
    deny = quantities.of_several if ending.kind == Kind.TEXT else lambda say: say
    return _step(beginning, ending, lambda found, say, other: quantities.no_item(found, say, deny(other)), opposite)


def _step(beginning: Beginning, ending: Ending, say: Callable[..., object], *others: Ending) -> _Step:
    """A step that finds a subject, and says of it the predicate of the ending, and those of others like it."""
    find, functions = beginning.function, [each.function for each in (ending, *others)]
    of_subject = parameters(beginning.wordings[0])

    def step(ctx: object, **arguments: object) -> None:
        named = {name: arguments.pop(name) for name in of_subject}
        subject = find(ctx, **named)
        assert isinstance(subject, Found), "what subjects return"
        say(subject, *(_said(function, arguments) for function in functions))

    step.__wrapped__ = functions[0]  # type: ignore[attr-defined]  # where a reader is led to
    return step


def _said(function: Callable[..., object], arguments: Mapping[str, object]) -> _Predicate:
    return lambda found: function(found, **arguments)


def denial(sentence: Sentence) -> Sentence | None:
    """The sentence that fails where a check holds, whatever reading it holds in, and where there is nothing to look at.

    It has the parameters of the check. None where a check has no opposite, and its subject is not one of the grid.
    """
    if isinstance(sentence, Cell) and not sentence.waits:
        return sentence.changed(function=_denied(sentence.before, sentence.beginning, sentence.ending))
    opposite = REGISTRY.opposite(sentence)
    if opposite is None:
        return None
    names = dict(zip(parameters(sentence.text), parameters(opposite.text), strict=True))

    def step(ctx: object, **arguments: object) -> None:
        opposite.function(ctx, **{names.get(name, name): value for name, value in arguments.items()})

    step.__wrapped__ = opposite.function  # type: ignore[attr-defined]  # where a reader is led to
    return opposite.changed(function=step)


def _denied(before: str, beginning: Beginning, ending: Ending) -> _Step:
    opposite = ENDINGS.opposite(ending)
    if before == _ANY:
        return no_item(beginning, ending)
    if before == _NONE:
        return any_item(beginning, ending)
    if opposite:
        return any_item(beginning, opposite) if before == _EACH else check(beginning, opposite)
    unlike = partial(denials.not_each, ending.kind) if before == _EACH else partial(denials.unlike, ending.kind)
    return _step(beginning, ending, unlike)


_EACH, _ANY, _NONE = "each item of ", "any item of ", "no item of "
_ALL = [subject.beginning for subject in SUBJECTS]
_LISTS = [subject.beginning for subject in SUBJECTS if Kind.SIZE in subject.takes]
_KEPT = [subject.beginning for subject in SUBJECTS if subject.stored]
_OF_ITEMS = Endings(ending for ending in ENDINGS.all if ending.kind not in (Kind.ROWS, Kind.ABSENCE))

REGISTRY.grids += [
    Grid("then", _ALL, ENDINGS, check),
    Grid("then", _LISTS, _OF_ITEMS, each, _EACH, listed=False),
    Grid("then", _LISTS, _OF_ITEMS, any_item, _ANY, listed=False),
    Grid("then", _LISTS, _OF_ITEMS, no_item, _NONE, listed=False),
    Grid("then", _KEPT, STORED, check, "I store "),
]
REGISTRY.modifiers += [waiting.within(), waiting.never(denial)]
REGISTRY.joints.append(waiting.failing_early())
