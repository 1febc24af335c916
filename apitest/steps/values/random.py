"""Random values, from the run's source of randomness."""

from apitest.context import StepContext
from apitest.language import generators, literals
from apitest.steps.values.value import Kind, value


@value('one of "{value}"', of=Kind.TEXT, since="1.0")
def one_of(ctx: StepContext, value: object) -> object:
    """One of these texts, separated by commas, chosen at random.

    Example:
        one of "new,paid,shipped"
    """
    return generators.one_of(literals.parse_list(value), ctx.zato.run.random)


@value("a random string", of=Kind.TEXT, since="1.0")
def a_random_string(ctx: StepContext) -> str:
    """A random text that starts with a letter.

    Example:
        a random string
    """
    return generators.rand_string(ctx.zato.run.random)


@value("a random integer", of=Kind.TEXT, since="1.0")
def a_random_integer(ctx: StepContext) -> int:
    """A random integer from 0 to 99.

    Example:
        a random integer
    """
    return generators.rand_int(ctx.zato.run.random)


@value('a random integer from "{low}" to "{high}"', of=Kind.TEXT)
def a_random_integer_from(ctx: StepContext, low: object, high: object) -> int:
    """A random integer from the first to the second, both included.

    Example:
        a random integer from "1" to "6"
    """
    return generators.rand_int(ctx.zato.run.random, literals.integer(low), literals.integer(high))


@value("a random float", of=Kind.TEXT, since="1.0")
def a_random_float(ctx: StepContext) -> float:
    """A random number with decimals, from 0 to 99.

    Example:
        a random float
    """
    return generators.rand_float(ctx.zato.run.random)


@value("a UUID4", "a UUID", of=Kind.TEXT, since="1.9")
def a_uuid(ctx: StepContext) -> str:
    """A random UUID of version 4.

    Example:
        a UUID4
    """
    return generators.uuid4(ctx.zato.run.random)
