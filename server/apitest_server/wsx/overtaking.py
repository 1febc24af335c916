"""PURE  Answers of clients, told from all else that they send without reading the rest of it."""

from apitest_server.wsx.messages import CLIENT_RESPONSE, FromClient
from apitest_server.wsx.protocol import read

_MARKS = CLIENT_RESPONSE, '"action"'


def answer_in(raw: str | bytes, most_values: int = 0) -> FromClient | None:
    """The answer to a request or a delivery that a message is; ``None`` for anything else, what is malformed included.

    Args:
        raw: a text or a binary frame.
        most_values: as ``read`` takes it.
    """
    if isinstance(raw, str):
        is_likely = _MARKS[0] in raw or _MARKS[1] not in raw
    else:
        is_likely = _MARKS[0].encode() in raw or _MARKS[1].encode() not in raw
    if not is_likely:
        return None
    found = read(raw, most_values)
    return found if isinstance(found, FromClient) and found.action == CLIENT_RESPONSE else None
