"""Tests of apitest_server.config.sso."""

from pathlib import Path

import pytest

from apitest_server.config import parse
from apitest_server.errors import ConfigError


def test_rules() -> None:
    """Each has a default."""
    found = parse("[sso]\napps = CRM, ERP\nsignup = no\nreset_search_by = email\n", Path("server.conf")).sso
    assert (found.apps, found.signup, found.reset_search_by) == (("CRM", "ERP"), False, "email")
    assert parse("", Path("server.conf")).sso.session_expiry == 60


@pytest.mark.parametrize("line", ["session_expiry = 0", "signup = perhaps", "reset_search_by = name", "apis = CRM"])
def test_mistakes(line: str) -> None:
    """Are told with their line."""
    with pytest.raises(ConfigError, match=r"server\.conf:2: "):
        parse(f"[sso]\n{line}\n", Path("server.conf"))
