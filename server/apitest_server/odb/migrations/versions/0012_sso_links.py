"""SSO: linked accounts, and the sessions that they open."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """There are none yet."""
    op.create_table(
        "sso_links",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "user_key", sa.Integer, sa.ForeignKey("sso_users.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("auth_id", sa.Integer, sa.ForeignKey("objects.id", ondelete="CASCADE"), nullable=False, unique=True),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sqlite_autoincrement=True,
    )
    op.add_column("sso_sessions", sa.Column("link_key", sa.Integer))
    op.create_index("ix_sso_sessions_link_key", "sso_sessions", ["link_key"])
