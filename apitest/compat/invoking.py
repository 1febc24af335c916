"""Sending the request and preparing it, for Python steps."""

from typing import TYPE_CHECKING

from apitest import checks
from apitest.clients.http import client as http
from apitest.clients.wsx import client as wsx
from apitest.context import StepContext
from apitest.language import literals
from apitest.language.registry import REGISTRY
from apitest.steps import documents

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter


def when_the_url_is_invoked(ctx: StepContext, adapters: "list[BaseAdapter] | None" = None) -> None:
    """Sends the pending request and keeps the response.

    Args:
        ctx: the step's context.
        adapters: transport adapters of requests; the last one is used instead of the run's own connections.

    Raises:
        ApitestError: it cannot be sent, or no response came.
    """
    if adapters:
        invoke_http(ctx, adapters)
        return
    found = REGISTRY.find("when", "the URL is invoked")
    assert found is not None, "the sentence of the HTTP steps"
    found.sentence.function(ctx)


def invoke_http(ctx: StepContext, adapters: "list[BaseAdapter] | None" = None) -> None:
    """Sends the pending request over HTTP, whatever else is connected; arguments and errors as above."""
    session = http.session(ctx.zato)
    try:
        session.adapter = adapters[-1] if adapters else None
        http.invoke(ctx.zato)
    finally:
        session.adapter = None


def invoke_zato_web_sockets_service(ctx: StepContext) -> None:
    """Sends the pending request over the Zato WSX channel that is connected, or that is at its address and path."""
    wsx.invoke(ctx.zato)


def set_request_format(ctx: StepContext, format: str) -> None:
    """Sets the format of the request: JSON, XML, RAW or FORM."""
    ctx.zato.request.format = format


def given_request_impl(ctx: StepContext, data: object) -> None:
    """Sets the request itself, in its format.

    Raises:
        BadValue: it is not valid JSON or XML.
    """
    documents.set_request(ctx, data, "the request")


def variable_is(variable: object, value: str) -> None:
    """Asserts that a value equals a Python literal.

    Raises:
        CheckFailed: it does not.
    """
    checks.same(variable, literals.literal(value), "the variable")
