"""Outsiders at the REST API of publish/subscribe: what they learn, what they inject, and what they make it keep."""

import json
import logging
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.attempts import Attempts
from tests.security.test_channels_guessed import CREDENTIALS, LOOKS, hashes, look, waited
from tests.security.test_credentials_guessed import basic
from tests.server.asgi import Client, served
from tests.server.internal.pubsub.endpoints import PASSWORD, endpoint, publish, pull, rest, subscribe, topic

__all__ = ["hashes", "waited"]
CONF = """
[security]
[[plain]]
type = basic-auth
username = maria
password = right
[rest]
[[plain]]
path = /plain
service = zato.ping
security = plain
"""
EXISTING = ("topic//customer/new", "topic/customer/new", "subscribe/topic//customer/new", "topic//%63ustomer/new")
NOTHING = ("topic//none", "topic/x", "subscribe/topic//none", "topic//customer/new/", "topic//customer", "msg/zpsm00")
CALLS = (("POST", "topic"), ("PATCH", "topic"), ("POST", "subscribe"), ("DELETE", "subscribe"), ("GET", "msg"))
KNOWN = {
    "of no endpoint": basic("maria", "right"),
    "of an endpoint without permission": basic("erp", PASSWORD),
    "of an endpoint that is not active": basic("idle", PASSWORD),
    "of an administrator": basic("admin", "right"),
}
NAMES = (
    "/customer/new'; DROP TABLE pubsub_messages; --",
    '/customer/new" OR 1=1',
    "/customer/%",
    "/customer/_ew",
    "/customer/*",
    "/**",
    "/customer/../customer/new",
    "/customer/./new",
    "/customer/new/",
    "//customer//new",
    "/CUSTOMER/NEW",
    "/customer/new\0",
    "/customer/new\n",
    "/customer/new?a",
    "/customer/ｎew",
    "/customer/new\u202e",
    "/customer/{msg_id}",
    "/" + "a/" * 5000 + "b",
    "/" + "x" * 100_000,
)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """With a topic, an endpoint that may use it, and others that may not."""
    with served(tmp_path, CONF) as client:
        topic(client)
        endpoint(client)
        endpoint(client, "erp", "pub=/order/*\nsub=/order/*")
        endpoint(client, "idle", is_active=False)
        subscribe(client)
        publish(client, "a word that nobody else reads", has_gd=True)
        yield client


def test_outsiders_cannot_tell_what_exists(
    client: Client, hashes: list[str], waited: list[float], attempts: Attempts
) -> None:
    """Of all credentials, each path, method and body gets one answer, after as many hashes."""
    for (what, credentials), (looks, headers) in product(CREDENTIALS.items(), LOOKS.items()):
        expected = None
        for path in (*EXISTING, *NOTHING):
            for method, start in CALLS:
                if not path.startswith(start):
                    continue
                hashes.clear()
                answer = client.request(method, f"/zato/pubsub/{path}", {**headers, **credentials})
                seen = look(answer), len(hashes)
                expected = expected or seen
                told = f"{method} {path} with {what} as {looks}: {seen}, not {expected}"
                attempts.held(answer.status == 403 and seen == expected, told)


def test_who_is_known_and_not_permitted_sees_what_strangers_see(
    client: Client, waited: list[float], attempts: Attempts
) -> None:
    """Credentials of something else, and of an endpoint without permission, are answered as none are."""
    stranger = look(client.request("PATCH", "/zato/pubsub/topic//customer/new"))
    for (what, credentials), path in product(KNOWN.items(), (*EXISTING, *NOTHING)):
        for method, start in CALLS:
            if path.startswith(start):
                answer = client.request(method, f"/zato/pubsub/{path}", credentials, b'{"data": 1}')
                attempts.held(look(answer) == stranger, f"{method} {path} with {what}: {answer.status} {answer.text}")


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_names_of_topics_are_compared_and_nothing_else(client: Client, attempts: Attempts, method: str) -> None:
    """Whatever a name holds, of who may do everything as well; the topic and its message stay as they are."""
    endpoint(client, "all", "pub=/**\nsub=/**")
    for name in NAMES:
        for start in ("topic", "subscribe/topic"):
            verb = "POST" if start.startswith("subscribe") else method
            answer = rest(client, verb, f"{start}/{quote(name, safe='/')}", {"data": "injected"}, "all")
            attempts.held(answer.status in (403, 404), f"{verb} {start} {name[:60]!r}: {answer.status} {answer.text}")
    assert [row["name"] for row in client.result("zato.pubsub.topic.get-list")] == ["/customer/new"]
    assert [message["data"] for message in pull(client)] == ["a word that nobody else reads"]


def test_another_endpoint_cannot_use_a_key_that_it_has_seen(client: Client, attempts: Attempts) -> None:
    """Neither to take messages nor to end the subscription, whatever the key is written like."""
    endpoint(client, "peer")
    key = client.result("zato.pubsub.subscription.get-list")[0]["sub_key"]
    for tried in (key, key.upper(), f"{key}%00", f"{key}&sub_key={key}", "%25", "'%20OR%20'1'='1", ""):
        for verb, path in (("POST", "topic"), ("PATCH", "topic"), ("DELETE", "subscribe/topic")):
            answer = rest(
                client, verb, f"{path}//customer/new?sub_key={tried}", {"data": 1} if not tried else None, "peer"
            )
            attempts.held("a word" not in answer.text, f"{verb} with {tried}: {answer.text}")
    assert [row["sub_key"] for row in client.result("zato.pubsub.subscription.get-list")] == [key]
    assert pull(client)[0]["data"] == "a word that nobody else reads"


def test_huge_bodies_are_refused_and_nothing_of_them_is_kept(tmp_path: Path, attempts: Attempts) -> None:
    """By their size, their number of values, their depth; what is published is what comes out."""
    with served(tmp_path, "[limits]\nbody_size = 100 KB\nbody_values = 1000\n") as client:
        topic(client)
        endpoint(client)
        subscribe(client)
        deep = b'{"data": ' + b"[" * 30_000 + b"]" * 30_000 + b"}"
        many = json.dumps({"data": [1] * 40_000}).encode()
        for body in (b'{"data": "' + b"x" * 200_000 + b'"}', many, deep, b'{"data": "\xff"}', b'{"data": "\\ud800"}'):
            answer = rest(client, "POST", "topic//customer/new", body)
            attempts.held(answer.status in (400, 413), f"{body[:30]!r}: {answer.status} {answer.text[:200]}")
        publish(client, "x" * 90_000)
        [message] = pull(client)
        assert (message["size"], len(message["data"])) == (90_000, 90_000)


def test_neither_log_nor_samples_show_passwords(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Of callers who are refused and of those who are served; and none that a message holds."""
    for service in ("topic-service", "subscribe-service"):
        name = f"zato.pubsub.pubapi.{service}"
        client.result("zato.service.configure-request-response", {"name": name, "sample_req_resp_freq": 1})
    with caplog.at_level(logging.DEBUG):
        publish(client, {"password": "hunter2hunter2"})
        rest(client, "POST", "topic//customer/new", {"data": 1}, password="wrong-password-wrong")
        rest(client, "POST", "topic//none", {"data": {"secret": "hunter2hunter2"}})
        pull(client)
    samples = json.dumps(
        [
            client.result("zato.service.get-request-response", {"name": f"zato.pubsub.pubapi.{service}"})
            for service in ("topic-service", "subscribe-service")
        ]
    )
    for secret in (PASSWORD, "wrong-password-wrong", "hunter2hunter2"):
        assert secret not in caplog.text
        assert secret not in samples
