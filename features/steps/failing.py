"""Steps about steps: that a check fails, or is refused, and with what message."""

from behave import step


def outcome(context):
    """Runs the steps of the doc string; the message of the one that did not pass."""
    steps = [line.strip() for line in context.text.splitlines() if line.strip()]
    try:
        context.execute_steps(context.text)
    except AssertionError as error:
        message = str(error)
        name = message.splitlines()[0].partition("SUB-STEP: ")[2]
        assert name in (steps[-1], *context.text.splitlines()) or steps[-1].startswith(("|", '"""', "'''")), (
            f"not the last step ended it, but: {message}"
        )
        return message
    raise AssertionError("all of these steps passed:\n" + context.text)


def check(message, kind, part):
    assert message.startswith(kind), f"this is no failed check: {message}"
    assert part in message, f"{part!r} is not in:\n{message}"


@step('this fails with "{part}"')
def this_fails(context, part):
    """A check of the system under test that does not hold."""
    check(outcome(context), "FAILED", part)


@step('this is refused with "{part}"')
def this_is_refused(context, part):
    """A mistake in the test itself, or a system that cannot be reached."""
    check(outcome(context), "ERROR", part)
