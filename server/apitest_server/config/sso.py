"""PURE  What the section ``[sso]`` of server.conf says."""

from dataclasses import dataclass, field

from apitest_server.config import kinds

DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class SSO:
    """``[sso]``: users who sign in once for several applications.

    Attributes:
        apps: the applications that may call; any if there are none.
        signup: whether users may sign up themselves.
        signup_confirmation: whether they have to confirm that with the token that they were sent.
        signup_approval: whether a super-user has to approve them.
        signup_valid_for: minutes until a token of confirmation expires.
        return_confirm_token: whether the application that signs a user up is given the token, too.
        inform_if_exists: whether who signs up is told that a user name or an e-mail address is taken.
        email_required: whether users need an e-mail address.
        email_unique: whether it has to be unique.
        reject_usernames: that nobody may sign up with.
        username_max_length: in characters.
        password_min_length, password_max_length: likewise.
        password_min_kinds: of lower case, upper case, digits and others, how many a password needs.
        password_reject: passwords that nobody may have, in any case.
        password_expiry: days until a password has to be changed; 0 for never.
        session_expiry: minutes until a session ends, unless it is renewed.
        max_sessions: of one user; a further one ends the oldest.
        max_failures: wrong passwords in a row that lock a user out; 0 for any number.
        lock_time: minutes for which they do.
        per_address: sign-ups, and password resets, that one address may ask for in an hour.
        reset_valid_for: minutes until a link to reset a password expires.
        reset_key_valid_for: minutes within which the new password has to come, once the link was used.
        reset_search_by: what a user may give: ``username``, ``email``, or ``username_or_email``.
        smtp_conn: the SMTP connection that e-mails are sent through; without one there are none.
        email_from: their sender.
        site_name: what they call the site.
        confirm_url, reset_url: the page of an application that a link leads to; ``{token}`` stands for the token.
    """

    apps: tuple[str, ...] = field(default=(), metadata={"kind": kinds.names})
    signup: bool = field(default=True, metadata={"kind": kinds.boolean})
    signup_confirmation: bool = field(default=True, metadata={"kind": kinds.boolean})
    signup_approval: bool = field(default=True, metadata={"kind": kinds.boolean})
    signup_valid_for: int = field(default=1440, metadata={"kind": kinds.positive})
    return_confirm_token: bool = field(default=True, metadata={"kind": kinds.boolean})
    inform_if_exists: bool = field(default=False, metadata={"kind": kinds.boolean})
    email_required: bool = field(default=False, metadata={"kind": kinds.boolean})
    email_unique: bool = field(default=True, metadata={"kind": kinds.boolean})
    reject_usernames: tuple[str, ...] = field(
        default=("admin", "root", "system", "sso", "zato"), metadata={"kind": kinds.names}
    )
    username_max_length: int = field(default=128, metadata={"kind": kinds.positive})
    password_min_length: int = field(default=8, metadata={"kind": kinds.positive})
    password_max_length: int = field(default=256, metadata={"kind": kinds.positive})
    password_min_kinds: int = field(default=1, metadata={"kind": kinds.positive})
    password_reject: tuple[str, ...] = field(
        default=("password", "12345678", "123456789", "qwertyuiop", "letmein1"), metadata={"kind": kinds.names}
    )
    password_expiry: int = field(default=730, metadata={"kind": kinds.count})
    session_expiry: int = field(default=60, metadata={"kind": kinds.positive})
    max_sessions: int = field(default=100, metadata={"kind": kinds.positive})
    max_failures: int = field(default=20, metadata={"kind": kinds.count})
    lock_time: int = field(default=15, metadata={"kind": kinds.positive})
    per_address: int = field(default=100, metadata={"kind": kinds.positive})
    reset_valid_for: int = field(default=60, metadata={"kind": kinds.positive})
    reset_key_valid_for: int = field(default=30, metadata={"kind": kinds.positive})
    reset_search_by: str = field(default="username_or_email", metadata={"kind": kinds.credential})
    smtp_conn: str = field(default="", metadata={"kind": kinds.any_text})
    email_from: str = field(default="", metadata={"kind": kinds.any_text})
    site_name: str = field(default="apitest", metadata={"kind": kinds.text})
    confirm_url: str = field(default="", metadata={"kind": kinds.any_text})
    reset_url: str = field(default="", metadata={"kind": kinds.any_text})
