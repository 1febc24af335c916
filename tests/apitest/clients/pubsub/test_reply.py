"""What a server answered, and why it refused."""

import pytest

from apitest.clients.pubsub.reply import Reply, refuse
from apitest.clients.response import Answer
from apitest.errors import CheckFailed


def reply(status: int, details: str = "", body: bytes = b"{}") -> Reply:
    return Reply(Answer(None, body, "JSON"), status, details, "POST http://x")


def test_success() -> None:
    """Only 2xx is a success, and only a JSON object has fields."""
    assert [reply(status).is_success for status in (199, 200, 204, 300, 403, 500)] == [False, True, True] + [False] * 3
    assert reply(200, body=b'{"a": 1}').field("a") == 1
    assert [reply(200, body=body).field("a") for body in (b"{}", b"[1]", b"", b"<a/>")] == [None] * 4


@pytest.mark.parametrize(
    ("status", "details", "fix"),
    [
        (403, "Forbidden", "sub=/a or sub=/**"),
        (400, "You are not subscribed to topic `/a`", 'Given "c" subscribes to topic "/a"'),
        (400, "No data", ""),
        (500, "You are not subscribed", ""),
    ],
)
def test_refusals(status: int, details: str, fix: str) -> None:
    """A failure has what the server says and, where that is known, what to do."""
    with pytest.raises(CheckFailed) as caught:
        refuse(reply(status, details), "c", "receive from", "/a")
    assert caught.value.problem == f'"c" cannot receive from topic "/a": {status} {details}'
    assert caught.value.where == "POST http://x"
    assert (fix in caught.value.fix) if fix else caught.value.fix == ""


def test_who_may_publish() -> None:
    """Who is forbidden to publish is told of the patterns to publish, and of all else that it may be."""
    with pytest.raises(CheckFailed) as caught:
        refuse(reply(403), "c", "publish on", "/a")
    assert all(part in caught.value.fix for part in ("pub=/a", "credentials", "no endpoint", "does not exist"))
