"""Objects of all kinds, and which of them need others."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the first two tables."""
    op.create_table(
        "objects",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("space", sa.String(200), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("search", sa.Text, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("secrets", sa.JSON, nullable=False),
        sa.UniqueConstraint("space", "name", name="uq_objects_space"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_objects_kind", "objects", ["kind"])
    op.create_table(
        "object_references",
        sa.Column("object_id", sa.Integer, sa.ForeignKey("objects.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("field", sa.String(100), primary_key=True),
        sa.Column("target_id", sa.Integer, sa.ForeignKey("objects.id", ondelete="RESTRICT"), nullable=False),
    )
    op.create_index("ix_object_references_target_id", "object_references", ["target_id"])
