"""Which key an ODB belongs to, which server runs a job now, and by which schedule its runs were counted."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Adds them."""
    op.create_table(
        "odb_facts",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("value", sa.String(1000), nullable=False),
    )
    with op.batch_alter_table("scheduled_runs") as table:
        table.add_column(sa.Column("schedule", sa.String(64), nullable=True))
        table.add_column(sa.Column("running_on", sa.String(40), nullable=True))
        table.create_foreign_key(
            "fk_scheduled_runs_running_on", "server_runs", ["running_on"], ["id"], ondelete="SET NULL"
        )
        table.create_index("ix_scheduled_runs_running_on", ["running_on"])
