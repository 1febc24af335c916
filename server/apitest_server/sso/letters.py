"""PURE  The e-mails of SSO."""

from typing import NamedTuple

from apitest_server.config.sso import SSO


class Letter(NamedTuple):
    """An e-mail.

    Attributes:
        to: the address.
        subject: in one line.
        body: plain text.
    """

    to: str
    subject: str
    body: str


def confirmation(rules: SSO, username: str, email: str, token: str) -> Letter:
    """For who has signed up: how to confirm that."""
    what = "To confirm that you want this account, open" if rules.confirm_url else "Confirm it with this token:"
    body = _body(
        f"somebody has signed up at {rules.site_name} with your address and the user name {username}.",
        f"{what}\n\n  {_link(rules.confirm_url, token)}\n\nwithin {_time(rules.signup_valid_for)}.",
        "If it was not you, do nothing: the account will be deleted.",
    )
    return Letter(email, f"{rules.site_name}: confirm your account", body)


def reset(rules: SSO, username: str, email: str, token: str) -> Letter:
    """For who has forgotten a password: how to set another one."""
    what = "To set a new password, open" if rules.reset_url else "Set a new one with this token:"
    body = _body(
        f"somebody has asked for a new password of {username} at {rules.site_name}.",
        f"{what}\n\n  {_link(rules.reset_url, token)}\n\nwithin {_time(rules.reset_valid_for)}. It works once.",
        "If it was not you, do nothing: your password stays as it is.",
    )
    return Letter(email, f"{rules.site_name}: set a new password", body)


def welcome(rules: SSO, username: str, email: str) -> Letter:
    """For who may sign in from now on."""
    body = _body(f"your account {username} at {rules.site_name} is ready: you can sign in now.")
    return Letter(email, f"{rules.site_name}: welcome", body)


def _body(*parts: str) -> str:
    return "\n\n".join(("Hello,", *parts)) + "\n"


def _link(url: str, token: str) -> str:
    return url.replace("{token}", token) if url else token


def _time(minutes: int) -> str:
    for unit, length in (("days", 1440), ("hours", 60)):
        if minutes % length == 0 and minutes > length:
            return f"{minutes // length} {unit}"
    return f"{minutes} minutes"
