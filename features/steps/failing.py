"""Steps about steps: that a check fails, or that a step is refused, and with what message."""

from behave import step
from behave.parser import Parser

from apitest.runner import failures

CHECK_FAILED = 1  # the exit status of a run in which a check of the system under test fails


@step('this fails with "{message}"')
def this_fails(context, message):
    """A check of the system under test does not hold; the message has this in it, line ends counting as blanks."""
    status, told = outcome(context)
    assert status == CHECK_FAILED, f"No check fails, but: {told}"
    assert message in told, f"The message is: {told}"


@step('this is refused with "{message}"')
def this_is_refused(context, message):
    """The test itself is mistaken, or the system under test cannot be reached."""
    status, told = outcome(context)
    assert status != CHECK_FAILED, f"It is not refused, a check fails: {told}"
    assert message in told, f"The message is: {told}"


# The messages are taken as they stand: they are what names such as #name are told in.
this_fails.__apitest_raw__ = this_is_refused.__apitest_raw__ = True


def outcome(context):
    """The exit status and the message of the last step of the doc string, which alone does not pass."""
    last = Parser().parse_steps(context.text)[-1]
    try:
        context.execute_steps(context.text)
    except AssertionError as error:
        failure = failures.of(error)
        told = " ".join(lines(failure))
        assert failure.problem.startswith(f"{last.keyword} {last.name}: "), f"Another step does not pass: {told}"
        return failure.exit_status, " ".join(told.split())
    raise AssertionError("All of these steps pass")


def lines(failure):
    """All that a failure tells, in the order of the report."""
    yield failure.problem
    labelled = {"expected": failure.expected, "actual": failure.actual}
    yield from (f"{label} {text}" for label, text in labelled.items() if text)
    yield from failure.diff
    yield from [f"where: {failure.where}"] if failure.where else []
    yield from (f"| {line}" for line in failure.excerpt.splitlines())
    yield from [f"fix: {failure.fix}"] if failure.fix else []
