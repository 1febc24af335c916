"""The tables of SSO: users, their accounts, sessions and attributes, tokens of resets. Times are seconds since 1970."""

from typing import Any

from sqlalchemy import JSON, Double, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from apitest_server.odb.models import Base


class SSOUser(Base):
    """A user.

    Attributes:
        user_id: what the user is known by, ``zusr…``.
        username, email: as they were given.
        username_key, email_key: the same, as they are compared.
        names: ``display_name``, ``first_name``, ``middle_name`` and ``last_name``, as far as they are known.
        name_keys: the same, as they are searched.
        password: its hash.
        password_set: when it was set.
        password_expiry: when it expires.
        password_must_change: whether the next sign-in has to bring a new one.
        is_super_user: whether the user may administer others.
        is_locked, locked_time, locked_by: whether, since when and by whom the user may not sign in.
        is_approval_needed: whether a super-user has to approve the user.
        approval_status: ``before_decision``, ``approved`` or ``rejected``.
        approval_status_mod_by, approval_status_mod_time: who made it so, and when.
        sign_up_status: ``before_confirmation``, ``to_approve`` or ``final``.
        sign_up_time: when the user was made.
        confirm_hash, confirm_expires: of the token that the user confirms a sign-up with.
        failures: wrong passwords since the last right one.
        blocked_until: when the user may try again, after too many of them.
        is_totp_enabled: whether a sign-in needs a code, too.
        totp_key: that codes are made of, encrypted; there may be one that is not used yet.
        totp_label: what the user calls it.
        totp_used: the step of time whose code was shown last; codes of it, and of those before, are good no longer.
        totp_failures: wrong codes since the last right one.
        totp_blocked_until: when a code may be shown again, after too many of them.
    """

    __tablename__ = "sso_users"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(String(40), unique=True)
    username: Mapped[str] = mapped_column(String(1000))
    username_key: Mapped[str] = mapped_column(String(1000), unique=True)
    email: Mapped[str] = mapped_column(String(1000))
    email_key: Mapped[str] = mapped_column(String(1000), index=True)
    names: Mapped[dict[str, Any]] = mapped_column(JSON)
    name_keys: Mapped[dict[str, Any]] = mapped_column(JSON)
    password: Mapped[str] = mapped_column(String(500))
    password_set: Mapped[float] = mapped_column(Double)
    password_expiry: Mapped[float | None] = mapped_column(Double)
    password_must_change: Mapped[bool] = mapped_column()
    is_super_user: Mapped[bool] = mapped_column()
    is_locked: Mapped[bool] = mapped_column()
    locked_time: Mapped[float | None] = mapped_column(Double)
    locked_by: Mapped[str | None] = mapped_column(String(40))
    is_approval_needed: Mapped[bool] = mapped_column()
    approval_status: Mapped[str] = mapped_column(String(20))
    approval_status_mod_by: Mapped[str] = mapped_column(String(40))
    approval_status_mod_time: Mapped[float] = mapped_column(Double)
    sign_up_status: Mapped[str] = mapped_column(String(30))
    sign_up_time: Mapped[float] = mapped_column(Double)
    confirm_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    confirm_expires: Mapped[float | None] = mapped_column(Double)
    failures: Mapped[int] = mapped_column()
    blocked_until: Mapped[float] = mapped_column(Double)
    is_totp_enabled: Mapped[bool] = mapped_column()
    totp_key: Mapped[str | None] = mapped_column(String(1000))
    totp_label: Mapped[str] = mapped_column(String(500))
    totp_used: Mapped[int] = mapped_column()
    totp_failures: Mapped[int] = mapped_column()
    totp_blocked_until: Mapped[float] = mapped_column(Double)


class SSOLink(Base):
    """A security definition whose credentials sign a user in, too: a linked account.

    Attributes:
        id: never used twice.
        user_key: the user.
        auth_id: the definition.
        is_active: whether it signs in.
        created: when.
    """

    __tablename__ = "sso_links"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_key: Mapped[int] = mapped_column(ForeignKey("sso_users.id", ondelete="CASCADE"), index=True)
    auth_id: Mapped[int] = mapped_column(ForeignKey("objects.id", ondelete="CASCADE"), unique=True)
    is_active: Mapped[bool] = mapped_column()
    created: Mapped[float] = mapped_column(Double)


class SSOSession(Base):
    """A session of a user.

    Attributes:
        token_hash: of the token that the user shows; it is stored nowhere.
        user_key: whose it is.
        created, expires: when.
        remote_addr, user_agent: where the user signed in.
        app: through which application.
        changes: when it was made and renewed, and by whom; the newest ones.
        link_key: the linked account whose credentials opened it, if it was one; it has ended where there is none now.
    """

    __tablename__ = "sso_sessions"
    __table_args__ = (Index("ix_sso_sessions_user_key", "user_key", "created"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_key: Mapped[int] = mapped_column(ForeignKey("sso_users.id", ondelete="CASCADE"))
    created: Mapped[float] = mapped_column(Double)
    expires: Mapped[float] = mapped_column(Double, index=True)
    remote_addr: Mapped[str] = mapped_column(String(200))
    user_agent: Mapped[str] = mapped_column(String(500))
    app: Mapped[str] = mapped_column(String(200))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    link_key: Mapped[int | None] = mapped_column(index=True)


class SSOAttribute(Base):
    """An attribute of a user, or of one of the user's sessions.

    Attributes:
        owner: ``user`` or ``session``, and the number in its table: within it, names are unique.
        user_key: whose it is.
        session_key: of which session, if it is of one.
        name: its name.
        value: JSON, encrypted where ``is_encrypted`` is true.
        created, modified, expires: when.
    """

    __tablename__ = "sso_attributes"
    __table_args__ = (UniqueConstraint("owner", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(40))
    user_key: Mapped[int] = mapped_column(ForeignKey("sso_users.id", ondelete="CASCADE"), index=True)
    session_key: Mapped[int | None] = mapped_column(ForeignKey("sso_sessions.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(500))
    value: Mapped[str] = mapped_column(Text)
    is_encrypted: Mapped[bool] = mapped_column()
    created: Mapped[float] = mapped_column(Double)
    modified: Mapped[float] = mapped_column(Double)
    expires: Mapped[float | None] = mapped_column(Double)


class SSOReset(Base):
    """A password that is being reset.

    Attributes:
        token_hash: of what the user was sent.
        key_hash: of what the application was given for it; there is none until the token was used.
        user_key: whose password it is.
        expires: when the token, and then the key, is good no longer.
    """

    __tablename__ = "sso_resets"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    key_hash: Mapped[str | None] = mapped_column(String(64))
    user_key: Mapped[int] = mapped_column(ForeignKey("sso_users.id", ondelete="CASCADE"), index=True)
    expires: Mapped[float] = mapped_column(Double, index=True)


class SSOQuota(Base):
    """How often somebody has done something that one may do so many times in an hour.

    Attributes:
        caller: a digest of what was done, and by whom.
        began: when it was done first; the hour begins then.
        times: how often it was done since.
    """

    __tablename__ = "sso_quotas"

    caller: Mapped[str] = mapped_column(String(64), primary_key=True)
    began: Mapped[float] = mapped_column(Double, index=True)
    times: Mapped[int] = mapped_column()
