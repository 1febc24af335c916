"""Tests of apitest_server.pubsub.reasons."""

from typing import Any

import pytest

from apitest_server.pubsub.directory import Endpoint, Topic
from apitest_server.pubsub.places import Place
from apitest_server.pubsub.reasons import Facts, reason
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.pubsub.topics import permissions
from tests.server.pubsub.messages import message

ONE = message()
SENT = message(delivery_count=3)
SUBSCRIPTION = Subscription(id=1, sub_key="k", topic_id=1, endpoint_id=1, endpoint_type="rest", created=5.0)
LATE = Subscription(id=1, sub_key="k", topic_id=1, endpoint_id=1, endpoint_type="rest", created=20.0)
WAITING = Place(ONE, False)


def endpoint(**fields: Any) -> Endpoint:
    return Endpoint(**{"id": 1, "name": "CRM", "permissions": permissions("sub=/**"), **fields})


def facts(**known: Any) -> Facts:
    topic = Topic(id=1, name="/a", hook_service_name=known.pop("hook", ""))
    given = {"message": ONE, "subscription": SUBSCRIPTION, "topic": topic, "endpoint": endpoint(), **known}
    return Facts(50.0, **given)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (
            {"arrived": 0.0},
            ("delivered", "It was delivered: the subscriber acknowledged it at 1970-01-01T00:00:00.000000."),
        ),
        ({"message": None}, ("gone", "The message is not there any more: all its subscribers have got it")),
        (
            {"message": message(topic_id=2, topic_name="/b")},
            ("not for it", "The message was published to the topic `/b`"),
        ),
        ({"message": message(expires_at=50.0)}, ("expired", "It expired at 1970-01-01T00:00:50.000000 before")),
        (
            {"subscription": LATE},
            ("not for it", "It was published at 1970-01-01T00:00:10.000000, before the subscription"),
        ),
        ({}, ("delivered", "It has left the subscriber's queue")),
        ({"place": Place(SENT, True)}, ("delivering", "It is being delivered now, attempt 3; the subscriber has not")),
        (
            {"place": WAITING, "endpoint": endpoint(is_active=False)},
            ("held back", "The endpoint `CRM` is not active; it gets the message once it is."),
        ),
        (
            {"place": WAITING, "endpoint": endpoint(role="pub")},
            ("held back", "The endpoint `CRM` may not subscribe to `/a` any more; it may once it is permitted."),
        ),
        (
            {"place": WAITING, "ahead": 1},
            ("waiting", "It waits until the endpoint `CRM` takes its messages; 1 message comes before it."),
        ),
        (
            {"place": Place(SENT, False)},
            (
                "waiting",
                "It waits until the endpoint `CRM` takes its messages; 0 messages come before it. "
                "It was sent 3 times without being acknowledged.",
            ),
        ),
        (
            {"place": WAITING, "endpoint": endpoint(endpoint_type="wsx")},
            ("waiting", "The client of the subscription is not connected; 0 messages come before it."),
        ),
        (
            {"place": WAITING, "endpoint": endpoint(endpoint_type="wsx"), "elsewhere": "two"},
            (
                "waiting",
                "The client of the subscription is connected to the server `two`, which delivers to it; "
                "0 messages come before it.",
            ),
        ),
        (
            {"place": WAITING, "endpoint": endpoint(endpoint_type="service")},
            ("waiting", "The service of the subscription is not connected; 0 messages come before it."),
        ),
        (
            {
                "place": WAITING._replace(due=60.0),
                "endpoint": endpoint(endpoint_type="wsx"),
                "is_connected": True,
                "hook": "my.hook",
            },
            (
                "waiting",
                "The hook service `my.hook` of the topic skipped it; it is asked again at 1970-01-01T00:01:00.000000.",
            ),
        ),
        (
            {
                "place": Place(SENT, False, problem="It has failed."),
                "endpoint": endpoint(endpoint_type="wsx"),
                "is_connected": True,
            },
            (
                "waiting",
                "It waits for its turn; 0 messages come before it. It was sent 3 times without being acknowledged. "
                "The last time: It has failed.",
            ),
        ),
        (
            {"place": Place(SENT, False, dead_since=40.0, problem="It has failed")},
            (
                "dead letter",
                "It was sent 3 times without being acknowledged, and was given up at 1970-01-01T00:00:40.000000; the "
                "messages behind it are delivered. The last time: It has failed. `zato.pubsub.dead-letter.retry` sends",
            ),
        ),
        (
            {"place": Place(SENT, False, dead_since=40.0)},
            (
                "dead letter",
                "It was sent 3 times without being acknowledged, and was given up at 1970-01-01T00:00:40.000000; the "
                "messages behind it are delivered. `zato.pubsub.dead-letter.retry` sends it again.",
            ),
        ),
    ],
)
def test_each_reason_is_told(known: dict[str, Any], expected: tuple[str, str]) -> None:
    """In words, with what is known."""
    state, words = reason(facts(**known))
    assert state == expected[0]
    assert words.startswith(expected[1]), words
