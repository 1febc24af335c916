"""Publish/subscribe: subscriptions, messages with guaranteed delivery, and who they wait for."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes their tables."""
    _subscriptions()
    _messages()
    op.create_table(
        "pubsub_queue",
        sa.Column("subscription_id", sa.Integer, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("message_id", _NUMBER, nullable=False),
        sa.Column("delivery_count", sa.Integer, nullable=False),
        sa.Column("claimed_by", sa.String(40)),
        sa.PrimaryKeyConstraint("subscription_id", "rank", "message_id", name="pk_pubsub_queue"),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["pubsub_subscriptions.id"],
            name="fk_pubsub_queue_subscription_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["pubsub_messages.id"], name="fk_pubsub_queue_message_id", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pubsub_queue_message_id", "pubsub_queue", ["message_id", "subscription_id"])


def _subscriptions() -> None:
    op.create_table(
        "pubsub_subscriptions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sub_key", sa.String(100), nullable=False),
        sa.Column("topic_id", sa.Integer, nullable=False),
        sa.Column("endpoint_id", sa.Integer, nullable=False),
        sa.Column("endpoint_type", sa.String(20), nullable=False),
        sa.Column("client_id", sa.String(1000), nullable=False),
        sa.Column("wrap_one_msg_in_list", sa.Boolean, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("held_by", sa.String(40)),
        sa.UniqueConstraint("sub_key", name="uq_pubsub_subscriptions_sub_key"),
        sa.UniqueConstraint("topic_id", "endpoint_id", "client_id", name="uq_pubsub_subscriptions_topic_id"),
        _of_object("pubsub_subscriptions", "topic_id"),
        _of_object("pubsub_subscriptions", "endpoint_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pubsub_subscriptions_endpoint_id", "pubsub_subscriptions", ["endpoint_id"])


def _messages() -> None:
    op.create_table(
        "pubsub_messages",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("msg_id", sa.String(40), nullable=False),
        sa.Column("topic_id", sa.Integer, nullable=False),
        sa.Column("topic_name", sa.String(200), nullable=False),
        sa.Column("is_kept", sa.Boolean, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("expiration", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.Double, nullable=False),
        sa.Column("mime_type", sa.String(100), nullable=False),
        sa.Column("pub_time", sa.Double, nullable=False),
        sa.Column("recv_time", sa.Double, nullable=False),
        sa.Column("publisher", sa.String(500), nullable=False),
        sa.Column("correl_id", sa.String(200), nullable=False),
        sa.Column("in_reply_to", sa.String(200), nullable=False),
        sa.Column("ext_client_id", sa.String(200), nullable=False),
        sa.UniqueConstraint("msg_id", name="uq_pubsub_messages_msg_id"),
        _of_object("pubsub_messages", "topic_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pubsub_messages_topic_id", "pubsub_messages", ["topic_id", "id"])
    op.create_index("ix_pubsub_messages_expires_at", "pubsub_messages", ["expires_at"])


def _of_object(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["objects.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")
