"""The table of the audit log: what objects have received and sent."""

from sqlalchemy import BigInteger, Double, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from apitest_server.odb.models import Base


class AuditEvent(Base):
    """A message that an object has received or sent.

    Attributes:
        id: of two events of a server the older one has the smaller.
        object_id: the object.
        direction: ``received`` or ``sent``.
        cid: of the call that it belongs to.
        time: seconds since 1970.
        server: the name of the server that wrote it down.
        about: the service that was called, or where it was sent.
        size: of the data, in bytes.
        data: without secrets, and cut where it is longer than the object's limit.
        search: the same in small letters.
    """

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_object_id", "object_id", "direction", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    object_id: Mapped[int] = mapped_column(ForeignKey("objects.id", ondelete="CASCADE"))
    direction: Mapped[str] = mapped_column(String(10))
    cid: Mapped[str] = mapped_column(String(200), index=True)
    time: Mapped[float] = mapped_column(Double)
    server: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(String(1000))
    size: Mapped[int] = mapped_column(BigInteger)
    data: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(Text)
