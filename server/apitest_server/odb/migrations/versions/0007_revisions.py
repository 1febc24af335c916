"""Which rows of connections have been written since somebody looked last."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds a number that counts up with what a server writes, found by server."""
    with op.batch_alter_table("websocket_connections") as table:
        table.add_column(sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
        table.drop_index("ix_websocket_connections_run_id")
        table.create_index("ix_websocket_connections_run_id", ["run_id", "revision"])
