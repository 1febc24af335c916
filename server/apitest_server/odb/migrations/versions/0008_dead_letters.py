"""Publish/subscribe: messages that are held back for a while, and those that were given up."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Adds what is known of them."""
    op.add_column("pubsub_queue", sa.Column("due", sa.Double))
    op.add_column("pubsub_queue", sa.Column("attempts_before", sa.Integer, nullable=False, server_default="0"))
    op.add_column("pubsub_queue", sa.Column("dead_since", sa.Double))
    op.add_column("pubsub_queue", sa.Column("problem", sa.String(1000)))
