"""Translates the errors of Vault and its driver; the only place that knows them."""

import requests
import urllib3
from hvac import exceptions

from apitest.clients.http.limits import TooLarge
from apitest.clients.vault.settings import VaultSettings
from apitest.errors import ApitestError, BadValue, TimedOut, TLSFailed, Unreachable

FOREIGN: tuple[type[Exception], ...] = (
    exceptions.VaultError,
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    TimeoutError,
    TooLarge,
)


def translate(error: Exception, path: str, settings: VaultSettings) -> ApitestError:
    """The error to show for one that came out of the driver while a path was read."""
    where = f"{path} of Vault at {settings.address}"
    said = "; ".join(map(str, getattr(error, "errors", None) or [])) or type(error).__name__
    if isinstance(error, exceptions.VaultError):
        return _answered(error, path, where, said)
    if isinstance(error, requests.exceptions.SSLError):
        return TLSFailed("TLS handshake with Vault failed", where, "Set ca_file in [vault].")
    if isinstance(error, TooLarge):
        return Unreachable(f"Vault sends more than it may: {error}", where, "Is the address right?")
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError) or "timed out" in str(
        error
    ):
        return TimedOut(f"Vault did not answer within {settings.timeout:g} s", where)
    if isinstance(error, requests.exceptions.InvalidSchema | requests.exceptions.InvalidURL | ValueError):
        return BadValue("The address of Vault is not a URL", where, "address = https://vault.example.com:8200")
    return Unreachable("Vault cannot be reached", where, "Is it running, and is the address right?")


def _answered(error: Exception, path: str, where: str, said: str) -> ApitestError:
    if isinstance(error, exceptions.Forbidden | exceptions.Unauthorized):
        fix = "Check the token (has it expired?) and the policies that let it read this path."
        return Unreachable(f"Vault refused access: {said}", where, fix)
    if isinstance(error, exceptions.InvalidRequest) and path.endswith("/login"):
        return Unreachable(f"Vault refused the AppRole: {said}", where, "Check role_id and secret_id.")
    return Unreachable(f"Vault cannot answer: {said}", where, "Is it sealed, or in standby?")
