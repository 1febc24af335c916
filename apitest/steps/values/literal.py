"""Values that a sentence gives."""

from apitest.checks.mismatch import written
from apitest.context import StepContext
from apitest.language import literals
from apitest.steps.lookup import doc_string
from apitest.steps.values.value import Kind, value


@value('"{value}"', of=Kind.TEXT, since="1.0")
def given(ctx: StepContext, value: object) -> object:
    """A text; what a variable holds keeps its type.

    Example:
        "Maria"
    """
    return value


@value('a string "{value}"', of=Kind.TYPED)
def a_string(ctx: StepContext, value: object) -> str:
    """A text, also where a variable holds something else.

    Example:
        a string "0123"
    """
    return written(value)


@value('"{value}" (with literal_eval)', of=Kind.TYPED, since="1.11")
def a_literal(ctx: StepContext, value: object) -> object:
    """The value of a Python literal: a number, list, dict, True, None.

    Example:
        "[1, 2, None]" (with literal_eval)
    """
    return literals.literal(value)


@value('an integer "{value}"', of=Kind.TYPED, since="1.0")
def an_integer(ctx: StepContext, value: object) -> int:
    """An integer.

    Example:
        an integer "17"
    """
    return literals.integer(value)


@value('a float "{value}"', of=Kind.TYPED, since="1.0")
def a_float(ctx: StepContext, value: object) -> float:
    """A number with a decimal point.

    Example:
        a float "29.90"
    """
    return float(literals.number(value))


@value("True", of=Kind.TYPED, since="1.12")
def true(ctx: StepContext) -> bool:
    """The value true.

    Example:
        True
    """
    return True


@value("False", of=Kind.TYPED, since="1.12")
def false(ctx: StepContext) -> bool:
    """The value false.

    Example:
        False
    """
    return False


@value("null", of=Kind.TYPED)
def null(ctx: StepContext) -> None:
    """The value null.

    Example:
        null
    """


@value('a list "{value}"', of=Kind.TYPED, since="1.0")
def a_list(ctx: StepContext, value: object) -> list[object]:
    """A list of texts. Commas separate them, as in CSV.

    Example:
        a list "red,green,blue"
    """
    return literals.parse_list(value)


@value('JSON "{value}"', of=Kind.TYPED)
def json(ctx: StepContext, value: object) -> object:
    """A JSON value of any kind.

    Example:
        JSON "{"sku": "A-1", "count": 2}"
    """
    return literals.json_value(value, "the JSON of this step")


@value("JSON", of=Kind.BELOW)
def json_text(ctx: StepContext) -> object:
    '''The JSON of the doc string.

    Example:
        JSON
          """
          {"sku": "A-1", "count": 2}
          """
    '''
    return literals.json_value(doc_string(ctx), "the doc string")


@value("text", of=Kind.BELOW)
def text(ctx: StepContext) -> str:
    '''The text of the doc string.

    Example:
        text
          """
          Dear Maria,
          your order is on its way.
          """
    '''
    return doc_string(ctx)
