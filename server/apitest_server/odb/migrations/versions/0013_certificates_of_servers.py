"""Running servers are known by their certificates, where they speak TLS."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Adds a column; servers that run have none."""
    op.add_column("server_runs", sa.Column("certificate", sa.String(64), nullable=False, server_default=""))
