"""What one run does once, such as to sign in."""

from apitest.clients import files
from apitest.clients.http.client import kept_cookies
from apitest.context import StepContext
from apitest.errors import UsageError
from apitest.language.registry import given


@given('I run "{feature}" once')
def run_once(ctx: StepContext, feature: str) -> None:
    """Runs a feature of the directory "once", unless the run already did; takes over its variables and cookies.

    Example:
        I run "sign-in.feature" once
    """
    run = ctx.zato.run
    if run.once is None:
        raise UsageError(f'"{feature}" cannot be run: no run is under way')
    stored = run.once(files.once(ctx.zato, str(feature)))
    run.secrets.update(stored.secrets)
    ctx.zato.user_ctx.update(stored.variables)
    if stored.cookies:
        kept_cookies(ctx.zato).take(stored.cookies)
