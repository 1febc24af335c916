"""SSO: how often somebody has signed up, or asked for a password to be reset."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Makes their table."""
    op.create_table(
        "sso_quotas",
        sa.Column("caller", sa.String(64), primary_key=True),
        sa.Column("began", sa.Double, nullable=False, index=True),
        sa.Column("times", sa.Integer, nullable=False),
    )
