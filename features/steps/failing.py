"""Steps about steps: that a check fails, or that a step is refused, and with what message."""

import re

from behave import step
from behave.parser import Parser


@step('this fails with "{message}"')
def this_fails(context, message):
    """A check of the system under test does not hold; the message has this in it, line ends counting as blanks."""
    check(context, "FAILED", message)


@step('this is refused with "{message}"')
def this_is_refused(context, message):
    """The test itself is mistaken, or the system under test cannot be reached."""
    check(context, "ERROR", message)


# The messages are taken as they stand: they are what names such as #name are told in.
this_fails.__apitest_raw__ = this_is_refused.__apitest_raw__ = True


def check(context, outcome, part):
    """All steps of the doc string pass but the last, which has this outcome and message."""
    last = Parser().parse_steps(context.text)[-1]
    expected = f"{outcome} SUB-STEP: {last.keyword} {last.name}"
    try:
        context.execute_steps(context.text)
    except AssertionError as error:
        message = told(str(error))
    else:
        raise AssertionError("All of these steps passed")
    assert message.startswith(" ".join(expected.split())), f"Expected: {expected}\nIt was: {message}"
    assert part in message, f"Expected: {part}\nIt was: {message}"


def told(text):
    """What execute_steps says went wrong, on one line, without the tracebacks that it adds."""
    text = text.partition("Traceback (of failed substep)")[0]
    return " ".join(re.sub(r"Traceback \(most recent.*?apitest\.errors\.\w+: ", "", text, flags=re.DOTALL).split())
