"""The sentences that say how requests travel: for how long, how protected, how far."""

from typing import Any

from apitest.clients import tls
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.language.literals import number
from apitest.language.registry import given


@given('timeout is "{seconds}"')
def timeout(ctx: StepContext, seconds: Any) -> None:
    """Sets how many seconds a response may take until it is complete, 30 where nothing is said.

    Example:
        timeout is "5"
    """
    limit = number(seconds)
    if limit <= 0:
        raise BadValue(f"No response can come within {seconds} seconds", fix="Write a number above 0")
    ctx.zato.request["timeout"] = limit


@given("TLS verification is off")
def tls_verification_off(ctx: StepContext) -> None:
    """Accepts any certificate of a server, also an expired or self-signed one.

    Example:
        TLS verification is off
    """
    ctx.zato.request["verify"] = False


@given("TLS verification is on")
def tls_verification_on(ctx: StepContext) -> None:
    """Checks the certificates of servers, as is done where nothing is said.

    Example:
        TLS verification is on
    """
    ctx.zato.request["verify"] = True


@given('CA file "{path}"')
def ca_file(ctx: StepContext, path: str) -> None:
    """Trusts the certificate authorities in a PEM file, and no others.

    Example:
        CA file "tls/ca.pem"
    """
    ctx.zato.request["verify"] = tls.ca_file(ctx.zato, path)


@given('client certificate "{path}"')
def client_certificate(ctx: StepContext, path: str) -> None:
    """Shows servers a client certificate; the PEM file holds its key as well.

    Example:
        client certificate "tls/client.pem"
    """
    ctx.zato.request["client_certificate"] = tls.client_certificate(ctx.zato, path)


@given('client certificate "{path}" with key "{key}"')
def client_certificate_with_key(ctx: StepContext, path: str, key: str) -> None:
    """Shows servers a client certificate, its key in a file of its own.

    Example:
        client certificate "tls/client.pem" with key "tls/client.key"
    """
    ctx.zato.request["client_certificate"] = tls.client_certificate(ctx.zato, path, key)


@given("redirects are followed")
def follow_redirects(ctx: StepContext) -> None:
    """Follows redirects up to the response that is none, as is done where nothing is said.

    Example:
        redirects are followed
    """
    ctx.zato.request["follow_redirects"] = True


@given("redirects are not followed")
def do_not_follow_redirects(ctx: StepContext) -> None:
    """Takes a redirect for the response.

    Example:
        redirects are not followed
    """
    ctx.zato.request["follow_redirects"] = False
