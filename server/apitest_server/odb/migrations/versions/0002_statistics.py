"""Statistics of services."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes their table."""
    op.create_table(
        "service_statistics",
        sa.Column("server", sa.String(200), primary_key=True),
        sa.Column("service", sa.String(500), primary_key=True),
        sa.Column("period", sa.String(10), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("figures", sa.JSON, nullable=False),
    )
