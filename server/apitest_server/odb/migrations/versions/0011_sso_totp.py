"""SSO: codes of two-factor authentication."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Nobody has any yet."""
    for column in (
        sa.Column("is_totp_enabled", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("totp_key", sa.String(1000)),
        sa.Column("totp_label", sa.String(500), nullable=False, server_default=""),
        sa.Column("totp_used", sa.Integer, nullable=False, server_default="0"),
        sa.Column("totp_failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("totp_blocked_until", sa.Double, nullable=False, server_default="0"),
    ):
        op.add_column("sso_users", column)
