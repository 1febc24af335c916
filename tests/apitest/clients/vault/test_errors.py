"""What errors of Vault and its driver become."""

import pytest
import requests
from hvac import exceptions

from apitest.clients.vault import errors
from apitest.clients.vault.settings import VaultSettings
from apitest.errors import ApitestError, BadValue, TimedOut, TLSFailed, Unreachable

SETTINGS = VaultSettings("https://vault", "t", timeout=2.0)


@pytest.mark.parametrize(
    ("error", "path", "kind", "told"),
    [
        (exceptions.Forbidden(errors=["permission denied"]), "a", Unreachable, "refused access: permission denied"),
        (exceptions.Unauthorized(), "a", Unreachable, "refused access: Unauthorized"),
        (exceptions.InvalidRequest(errors=["wrong"]), "auth/x/login", Unreachable, "refused the AppRole: wrong"),
        (exceptions.InvalidRequest(errors=["wrong"]), "a", Unreachable, "cannot answer: wrong"),
        (exceptions.VaultDown(), "a", Unreachable, "cannot answer: VaultDown"),
        (requests.exceptions.SSLError(), "a", TLSFailed, "TLS handshake with Vault failed"),
        (requests.Timeout(), "a", TimedOut, "within 2 s"),
        (requests.exceptions.InvalidSchema(), "a", BadValue, "not a URL"),
        (requests.exceptions.InvalidURL(), "a", BadValue, "not a URL"),
        (requests.ConnectionError(), "a", Unreachable, "cannot be reached"),
    ],
)
def test_errors(error: Exception, path: str, kind: type[ApitestError], told: str) -> None:
    """Each says what is wrong, which path of which Vault, and is of the class that the exit status follows."""
    assert isinstance(error, errors.FOREIGN)
    found = errors.translate(error, path, SETTINGS)
    assert type(found) is kind
    assert told in found.problem
    assert found.where == f"{path} of Vault at https://vault"
