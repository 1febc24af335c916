"""WebSocket connections, and the running servers that they belong to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes their tables."""
    op.create_table(
        "server_runs",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("server", sa.String(200), nullable=False),
        sa.Column("machine", sa.String(300), nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("seen", sa.Double, nullable=False),
    )
    op.create_table(
        "websocket_connections",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("run_id", sa.String(40), nullable=False),
        sa.Column("channel_id", sa.Integer, nullable=False),
        sa.Column("channel_name", sa.String(500), nullable=False),
        sa.Column("client_id", sa.String(1000), nullable=False),
        sa.Column("client_name", sa.String(1000), nullable=False),
        sa.Column("user", sa.String(500), nullable=False),
        sa.Column("peer_address", sa.String(200), nullable=False),
        sa.Column("peer_fqdn", sa.String(300), nullable=False),
        sa.Column("local_address", sa.String(300), nullable=False),
        sa.Column("connected", sa.DateTime, nullable=False),
        sa.Column("active", sa.DateTime, nullable=False),
        sa.Column("bytes_in", sa.BigInteger, nullable=False),
        sa.Column("bytes_out", sa.BigInteger, nullable=False),
        sa.Column("messages_in", sa.BigInteger, nullable=False),
        sa.Column("messages_out", sa.BigInteger, nullable=False),
        sa.Column("unsent", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["server_runs.id"], name="fk_websocket_connections_run_id", ondelete="CASCADE"
        ),
    )
    for name in ("run_id", "channel_id", "client_id"):
        op.create_index(f"ix_websocket_connections_{name}", "websocket_connections", [name])
