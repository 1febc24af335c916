"""PURE  A publication becomes a message of its topic."""

from apitest_server.pubsub.directory import Topic
from apitest_server.pubsub.message import Message, Publication, content_of, new_msg_id


class Numbers:
    """Numbers of messages: the newer one has the greater, also if they were taken by different servers."""

    def __init__(self) -> None:
        self._newest = 0

    def next(self, now: float) -> int:
        """One that was not given out before."""
        self._newest = max(self._newest + 1, int(now * 1_000_000))
        return self._newest


def message_of(topic: Topic, publication: Publication, publisher: str, number: int, now: float) -> Message:
    """The message that a topic takes.

    Args:
        topic: the topic.
        publication: what its publisher gives.
        publisher: the name of the endpoint or service.
        number: see ``Message``.
        now: in seconds since 1970.

    Raises:
        BadRequest: JSON cannot hold the data.
    """
    content, size = content_of(publication.data)
    expiration = min(publication.expiration, topic.max_expiration)
    return Message(
        number=number,
        msg_id=new_msg_id(),
        topic_id=topic.id,
        topic_name=topic.name,
        content=content,
        size=size,
        priority=publication.priority,
        expiration=expiration,
        expires_at=now + expiration / 1000,
        has_gd=topic.has_gd if publication.has_gd is None else publication.has_gd,
        mime_type=publication.mime_type,
        pub_time=now,
        recv_time=now,
        publisher=publisher,
        correl_id=publication.correl_id,
        in_reply_to=publication.in_reply_to,
        ext_client_id=publication.ext_client_id,
    )
