"""Tests of apitest_server.security.calling: what one server shows, another one accepts."""

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.security.passwords import Verifier
from apitest_server.security.types import checker, headers

SECRET = "a secret that is long enough for HS256"


@pytest.mark.parametrize(
    ("definition", "user"),
    [
        (SecurityDefinition("a", "basic-auth", username="ü", password="pä:ss"), "ü"),
        (SecurityDefinition("a", "api-key", header="X-Key", key="k"), "a"),
        (SecurityDefinition("a", "jwt", username="u", secret=SECRET, issuer="i", audience="x"), "u"),
        (SecurityDefinition("a", "jwt", secret=SECRET), "a"),
    ],
)
def test_headers_prove_who_calls(definition: SecurityDefinition, user: str) -> None:
    """For each type of definition."""
    shown = {name.lower(): value for name, value in headers(definition).items()}
    verdict = checker(definition, Verifier()).check(shown)
    assert (verdict() if callable(verdict) else verdict) == user
