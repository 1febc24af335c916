"""Runs of the scheduler's jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes their table."""
    op.create_table(
        "scheduled_runs",
        sa.Column("job_id", sa.Integer, sa.ForeignKey("objects.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("last_run", sa.DateTime, nullable=True),
        sa.Column("runs", sa.Integer, nullable=False),
    )
