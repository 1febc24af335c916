"""Sentences for the connection settings of requests: time-out, TLS, redirects."""

from apitest.clients import tls
from apitest.clients.http.settings import RequestSettings
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.language.literals import number
from apitest.language.registry import given
from apitest.language.sizes import parse_size


@given('timeout is "{seconds}"')
def timeout(ctx: StepContext, seconds: object) -> None:
    """Sets how many seconds a response may take until it is complete; 30 by default.

    Example:
        timeout is "5"
    """
    limit = number(seconds)
    if limit <= 0:
        raise BadValue(f"The timeout must be above 0 seconds, not {seconds}")
    _change(ctx, timeout=limit)


@given("TLS verification is off")
def tls_verification_off(ctx: StepContext) -> None:
    """Accepts any certificate of a server, even an expired or self-signed one.

    Example:
        TLS verification is off
    """
    _change(ctx, verify=False)


@given("TLS verification is on")
def tls_verification_on(ctx: StepContext) -> None:
    """Checks the certificates of servers, which is the default.

    Example:
        TLS verification is on
    """
    _change(ctx, verify=True)


@given('CA file "{path}"')
def ca_file(ctx: StepContext, path: str) -> None:
    """Trusts the certificate authorities in a PEM file, and no others.

    The path is relative to the directory of the features or of the project, or absolute.

    Example:
        CA file "tls/ca.pem"
    """
    _change(ctx, verify=tls.ca_file(ctx.zato, path))


@given('client certificate "{path}"')
def client_certificate(ctx: StepContext, path: str) -> None:
    """Shows servers a client certificate; the PEM file contains its key as well.

    Example:
        client certificate "tls/client.pem"
    """
    _change(ctx, certificate=tls.client_certificate(ctx.zato, path))


@given('client certificate "{path}" with key "{key}"')
def client_certificate_with_key(ctx: StepContext, path: str, key: str) -> None:
    """Shows servers a client certificate whose key is in a separate file.

    Example:
        client certificate "tls/client.pem" with key "tls/client.key"
    """
    _change(ctx, certificate=tls.client_certificate(ctx.zato, path, key))


@given("redirects are followed")
def follow_redirects(ctx: StepContext) -> None:
    """Follows redirects to the final response, which is the default.

    Example:
        redirects are followed
    """
    _change(ctx, redirects=True)


@given("redirects are not followed")
def do_not_follow_redirects(ctx: StepContext) -> None:
    """Checks the redirect itself instead of following it.

    Example:
        redirects are not followed
    """
    _change(ctx, redirects=False)


@given('responses are limited to "{size}"')
def limit_responses(ctx: StepContext, size: object) -> None:
    """Fails a step whose response has a larger body, sent or unpacked; 100 MB by default.

    Example:
        responses are limited to "500 MB"
    """
    _change(ctx, size=parse_size(size))


@given("redirects to other origins keep credentials and bodies")
def keep_credentials(ctx: StepContext) -> None:
    """Sends another host, port or scheme that a redirect leads to all that the steps meant for the first.

    Without this sentence, credentials, cookies of steps and bodies are left out there.

    Example:
        redirects to other origins keep credentials and bodies
    """
    _change(ctx, keeps_credentials=True)


def _change(ctx: StepContext, **fields: object) -> None:
    ctx.zato.adjust()  # the last response came without it
    ctx.zato.change(RequestSettings, **fields)
