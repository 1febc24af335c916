"""Sentences about SOAP faults."""

from apitest.checks.mismatch import refused
from apitest.context import StepContext
from apitest.language.registry import then
from apitest.steps import anew
from apitest.steps.lookup import fault


@then("response is a SOAP fault", again=anew.REQUEST)
def response_is_a_soap_fault(ctx: StepContext) -> None:
    """Checks that the response is a fault of SOAP 1.1 or 1.2.

    Example:
        response is a SOAP fault
    """
    if fault(ctx) is None:
        refused("The response is not a SOAP fault", "the response")


@then("response is not a SOAP fault", again=anew.REQUEST, negates="response is a SOAP fault")
def response_is_not_a_soap_fault(ctx: StepContext) -> None:
    """Checks that the response is XML and not a fault of SOAP 1.1 or 1.2.

    Example:
        response is not a SOAP fault
    """
    text = fault(ctx)
    if text is not None:
        refused("The response must not be a SOAP fault", "the response", text)
