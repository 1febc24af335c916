"""The grid of values: what can be set (a path or XPath of the request, a variable) or published, with every value."""

from collections.abc import Callable

from apitest.language.grid import Beginning, Ending, Endings, Grid, parameters
from apitest.language.registry import REGISTRY
from apitest.steps import pubsub
from apitest.steps.json_request import set_pointer
from apitest.steps.values import dates, literal, random
from apitest.steps.values.value import Kind, value
from apitest.steps.variables import store
from apitest.steps.xml_request import set_text

_FORMAT = "format"  # a parameter of the beginning that the value is made with
_BESIDE_A_TABLE = frozenset((str(Kind.TEXT), str(Kind.TYPED)))
_TYPED = _BESIDE_A_TABLE | {str(Kind.BELOW)}
_TEXT = frozenset((str(Kind.TEXT),))
_DATES = frozenset((str(Kind.DATE),))

TARGETS = (
    Beginning(
        ('path "{path}" in request is {}', 'JSON Pointer "{path}" in request is {}'),
        'path "/a" in request is {}',
        set_pointer,
        _TYPED,
        "path in request",
    ),
    Beginning(
        ('path "{path}" in request is {} "{format}"', 'JSON Pointer "{path}" in request is {} "{format}"'),
        'path "/a" in request is {} "YYYY-MM-DD"',
        set_pointer,
        _DATES,
        "path in request",
    ),
    Beginning(
        ('XPath "{xpath}" in request is {}',), 'XPath "//a" in request is {}', set_text, _TEXT, "XPath in request"
    ),
    Beginning(
        ('XPath "{xpath}" in request is {} "{format}"',),
        'XPath "//a" in request is {} "YYYY-MM-DD"',
        set_text,
        _DATES,
        "XPath in request",
    ),
    Beginning(('I store {} under "{name}"',), 'I store {} under "a"', store, _TYPED, "variable"),
    Beginning(
        ('I store {} under "{name}", format "{format}"',),
        'I store {} under "a", format "YYYY-MM-DD"',
        store,
        _DATES,
        "variable",
    ),
    Beginning(
        ('"{who}" publishes {} on topic "{topic}"', '"{who}" publishes {} to topic "{topic}"'),
        '"shop" publishes {} on topic "/orders"',
        pubsub.publish,
        _TYPED,
        "message",
    ),
    Beginning(
        ('"{who}" publishes {} on topic "{topic}" with', '"{who}" publishes {} to topic "{topic}" with'),
        '"shop" publishes {} on topic "/orders" with\n  | priority | 9 |',
        pubsub.publish_with,
        _BESIDE_A_TABLE,
        "message with properties",
    ),
)


def put(beginning: Beginning, ending: Ending) -> Callable[..., None]:
    """The step that makes the value and sets it."""
    put_there, make = beginning.function, ending.function
    places = [name for name in parameters(beginning.wordings[0]) if name != _FORMAT]

    def step(ctx: object, **arguments: object) -> None:
        where = [arguments.pop(place) for place in places]
        put_there(ctx, *where, make(ctx, **arguments))

    step.__wrapped__ = make  # type: ignore[attr-defined]  # where a reader is led to
    return step


THEMES = (literal, random, dates)
_ORDER = {theme.__name__: number for number, theme in enumerate(THEMES)}

REGISTRY.grids.append(
    Grid("given", TARGETS, Endings(sorted(value.endings, key=lambda each: _ORDER[each.function.__module__])), put)
)
