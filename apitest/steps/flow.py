"""The sentences that say nothing about a request or a response: to wait, to go on, to start afresh."""

from time import sleep

from apitest.context import StepContext
from apitest.documents.display import show
from apitest.errors import BadValue
from apitest.events import Notice
from apitest.language.literals import number
from apitest.language.registry import then, when
from apitest.redaction import redact_body


@when("this scenario is invoked", since="24.10.1")
def scenario_is_invoked(ctx: StepContext) -> None:
    """Does nothing: the "When" of a scenario that sends no request.

    Example:
        this scenario is invoked
    """


@when("this step is invoked", since="24.10.1")
def step_is_invoked(ctx: StepContext) -> None:
    """Does nothing: the "When" between steps that send no request.

    Example:
        this step is invoked
    """


@then("I proceed further", since="24.10.1")
def proceed(ctx: StepContext) -> None:
    """Does nothing: the "Then" of a scenario that checks nothing.

    Example:
        I proceed further
    """


@then('I sleep for "{sleep_time}"', since="1.1")
def sleep_for(ctx: StepContext, sleep_time: object) -> None:
    """Waits so many seconds.

    Example:
        I sleep for "0.5"
    """
    seconds = number(sleep_time)
    if seconds < 0:
        raise BadValue(f'The time to sleep must be 0 or more, not "{sleep_time}"')
    sleep(seconds)


@then("context is cleaned up", since="1.0")
def clean_up(ctx: StepContext) -> None:
    """Forgets the stored variables, the request, the response, the authentication and the cookies.

    Example:
        context is cleaned up
    """
    ctx.zato.reset()
    ctx.zato.scenario.drop("http", "cookies")


@then("context is logged", since="24.10.1")
def log(ctx: StepContext) -> None:
    """Shows the stored variables in the output, secrets left out.

    Example:
        context is logged
    """
    text = redact_body(show(ctx.zato.user_ctx, limit=10_000), "application/json")
    ctx.zato.run.emit(Notice(f"Stored variables: {text}", verbose_only=False))
