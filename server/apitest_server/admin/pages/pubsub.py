"""Publish/subscribe: what topics and queues hold, looked at without taking it; test messages; why one still waits."""

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from apitest_server.admin.acts import Act
from apitest_server.admin.answers import Answer
from apitest_server.admin.calls import Row
from apitest_server.admin.forms import json_of
from apitest_server.admin.pages.subscriptions import why
from apitest_server.admin.site import Site
from apitest_server.admin.visit import Visit

_TOPIC, _ENDPOINT, _MESSAGE = "zato.pubsub.topic.", "zato.pubsub.endpoint.", "zato.pubsub.message."
_PUBLISH = "zato.pubsub.pubapi.publish-message"
_SIZE = 50
_SHOWN = 100  # subscribers of a message, each of which is asked about


async def show(site: Site, visit: Visit) -> Answer:
    """The topics: how much each holds, who is subscribed, what came last."""
    words = visit.query.get("search", "")
    found = await visit.call(f"{_TOPIC}get-summary-list", query=words, cur_page=visit.page_number, page_size=_SIZE)
    return await site.page(visit, "topics.html", rows=found.payload, page=found.meta, search=words, link=_link(words))


async def topic(site: Site, visit: Visit) -> Answer:
    """One topic: its messages, its subscribers, and a form to publish."""
    row = await _topic(visit)
    given = {"topic_name": row["name"]}
    subscribers, publishers, kept, passing = await _together(
        visit.call(f"{_TOPIC}get-subscriber-list", **given, cur_page=1, page_size=_SIZE),
        visit.call(f"{_TOPIC}get-publisher-list", **given),
        visit.call(f"{_TOPIC}get-gd-message-list", **given, cur_page=1, page_size=_SIZE),
        visit.call(f"{_TOPIC}get-non-gd-message-list", **given, cur_page=1, page_size=_SIZE),
    )
    return await site.page(
        visit,
        "topic.html",
        topic=row,
        subscribers=subscribers.payload,
        publishers=publishers.payload,
        messages=[*kept.payload, *passing.payload],
        total=kept.meta["total"] + passing.meta["total"],
    )


async def publish(site: Site, visit: Visit) -> Answer:
    """Publishes a message in the name of who has signed in."""
    text = visit.text("data")
    data = json_of("data", text) if visit.text("format") == "json" else text
    given: dict[str, object] = {"topic_name": (await _topic(visit))["name"], "data": data}
    given["has_gd"] = visit.text("has_gd") == "true"
    for name in ("priority", "expiration"):
        if visit.text(name):
            given[name] = _whole_or_text(visit.text(name))
    started = perf_counter()
    called = await visit.call(_PUBLISH, **given)
    took = round((perf_counter() - started) * 1000)
    act = Act(visit.user, _PUBLISH, given, done="A message was published")
    return site.told(visit, act, answer=called.payload, ms=took)


async def clear(site: Site, visit: Visit) -> Answer:
    """Deletes all messages of a topic."""
    row = await _topic(visit)
    given = {"topic_name": row["name"]}
    deleted = (await visit.call(f"{_TOPIC}clear", **given)).payload["deleted"]
    act = Act(visit.user, f"{_TOPIC}clear", given, done=f"Messages of the topic that were deleted: {deleted}")
    return site.done(visit, act, f"pubsub/topics/{row['id']}")


async def message(site: Site, visit: Visit) -> Answer:
    """One message, and for each of its subscribers whether it was delivered, and why not."""
    msg_id = visit.params["msg_id"]
    about, waiting = await _together(
        visit.call(f"{_MESSAGE}get", msg_id=msg_id), visit.call(f"{_MESSAGE}get-subscriber-list", msg_id=msg_id)
    )
    name = about.payload["topic_name"]
    found = await visit.call(f"{_TOPIC}get-subscriber-list", topic_name=name, cur_page=1, page_size=_SHOWN)
    rows: list[Row] = found.payload
    reasons = await _together(*(why(visit, msg_id, str(row["sub_key"])) for row in rows))
    counts = {row["sub_key"]: row["delivery_count"] for row in waiting.payload}
    told = [
        {**row, "why": reason, "delivery_count": counts.get(row["sub_key"])}
        for row, reason in zip(rows, reasons, strict=True)
    ]
    return await site.page(visit, "message.html", message=about.payload, subscribers=told)


async def delete(site: Site, visit: Visit) -> Answer:
    """Deletes a message, whoever waits for it."""
    given = {"msg_id": visit.params["msg_id"]}
    about = (await visit.call(f"{_MESSAGE}get", **given)).payload
    await visit.call(f"{_MESSAGE}delete", **given)
    row = (await visit.call(f"{_TOPIC}get", topic_name=about["topic_name"])).payload
    act = Act(visit.user, f"{_MESSAGE}delete", given, done=f"Message {given['msg_id']} was deleted")
    return site.done(visit, act, f"pubsub/topics/{row['id']}")


async def _topic(visit: Visit) -> Row:
    """The topic of the address; scenarios call it by its name, since IDs are others elsewhere."""
    found: Row = (await visit.call(f"{_TOPIC}get", topic_id=int(visit.params["id"]))).payload
    return found


async def _together(*calls: Any) -> list[Any]:
    """What several calls return; the first error is raised once all of them are over."""
    found = await asyncio.gather(*calls, return_exceptions=True)
    for one in found:
        if isinstance(one, BaseException):
            raise one
    return found


def _link(words: str) -> Callable[[int], str]:
    """Makes the address of a page of what was searched."""
    return lambda page: f"?{urlencode({'page': page, 'search': words})}"


def _whole_or_text(text: str) -> object:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 17 else text
