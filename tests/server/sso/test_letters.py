"""Tests of apitest_server.sso.letters."""

from dataclasses import replace

import pytest

from apitest_server.config.sso import SSO
from apitest_server.sso.letters import confirmation, reset, welcome

RULES = SSO(site_name="Shop")
LINKS = replace(RULES, confirm_url="https://shop/confirm?token={token}", reset_url="https://shop/reset/{token}")


def test_letters() -> None:
    """Each says who has asked for it, what to do, and until when."""
    letter = confirmation(LINKS, "maria", "m@example.com", "t0ken")
    assert letter.to == "m@example.com"
    assert "\n  https://shop/confirm?token=t0ken\n\nwithin 24 hours.\n" in letter.body
    assert letter.subject == "Shop: confirm your account"
    assert (
        "\n  https://shop/reset/t0ken\n\nwithin 60 minutes. It works once."
        in reset(LINKS, "maria", "m@b", "t0ken").body
    )
    assert "your account maria at Shop is ready" in welcome(LINKS, "maria", "m@b").body


def test_without_a_page_of_an_application() -> None:
    """The token itself is told."""
    for letter in (confirmation(RULES, "maria", "m@b", "t0ken"), reset(RULES, "maria", "m@b", "t0ken")):
        assert "with this token:\n\n  t0ken\n" in letter.body


@pytest.mark.parametrize(
    ("minutes", "told"), [(1, "1 minutes"), (90, "90 minutes"), (120, "2 hours"), (2880, "2 days")]
)
def test_how_long_it_works(minutes: int, told: str) -> None:
    """In the largest unit that it has some of."""
    assert f"within {told}" in confirmation(replace(RULES, signup_valid_for=minutes), "a", "a@b", "t").body
