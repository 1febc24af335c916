"""SSO: users, their sessions and attributes, links to reset passwords."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Makes their tables."""
    _make_users()
    op.create_table(
        "sso_sessions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        _user(),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("expires", sa.Double, nullable=False, index=True),
        sa.Column("remote_addr", sa.String(200), nullable=False),
        sa.Column("user_agent", sa.String(500), nullable=False),
        sa.Column("app", sa.String(200), nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
    )
    op.create_index("ix_sso_sessions_user_key", "sso_sessions", ["user_key", "created"])
    op.create_table(
        "sso_attributes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("owner", sa.String(40), nullable=False),
        _user(index=True),
        sa.Column("session_key", sa.Integer, sa.ForeignKey("sso_sessions.id", ondelete="CASCADE"), index=True),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("is_encrypted", sa.Boolean, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("modified", sa.Double, nullable=False),
        sa.Column("expires", sa.Double),
        sa.UniqueConstraint("owner", "name"),
    )
    op.create_table(
        "sso_resets",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("key_hash", sa.String(64)),
        _user(index=True),
        sa.Column("expires", sa.Double, nullable=False, index=True),
    )


def _user(index: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("sso_users.id", ondelete="CASCADE")
    return sa.Column("user_key", sa.Integer, key, nullable=False, index=index)


def _make_users() -> None:
    op.create_table(
        "sso_users",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.String(40), nullable=False, unique=True),
        sa.Column("username", sa.String(1000), nullable=False),
        sa.Column("username_key", sa.String(1000), nullable=False, unique=True),
        sa.Column("email", sa.String(1000), nullable=False),
        sa.Column("email_key", sa.String(1000), nullable=False, index=True),
        sa.Column("names", sa.JSON, nullable=False),
        sa.Column("name_keys", sa.JSON, nullable=False),
        sa.Column("password", sa.String(500), nullable=False),
        sa.Column("password_set", sa.Double, nullable=False),
        sa.Column("password_expiry", sa.Double),
        sa.Column("password_must_change", sa.Boolean, nullable=False),
        sa.Column("is_super_user", sa.Boolean, nullable=False),
        sa.Column("is_locked", sa.Boolean, nullable=False),
        sa.Column("locked_time", sa.Double),
        sa.Column("locked_by", sa.String(40)),
        sa.Column("is_approval_needed", sa.Boolean, nullable=False),
        sa.Column("approval_status", sa.String(20), nullable=False),
        sa.Column("approval_status_mod_by", sa.String(40), nullable=False),
        sa.Column("approval_status_mod_time", sa.Double, nullable=False),
        sa.Column("sign_up_status", sa.String(30), nullable=False),
        sa.Column("sign_up_time", sa.Double, nullable=False),
        sa.Column("confirm_hash", sa.String(64), unique=True),
        sa.Column("confirm_expires", sa.Double),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("blocked_until", sa.Double, nullable=False),
    )
