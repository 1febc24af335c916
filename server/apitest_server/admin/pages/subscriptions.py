"""Subscriptions: who is subscribed to what and since when, made, changed and ended; what each has got, and what not."""

import asyncio
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from apitest_server.admin.acts import Act
from apitest_server.admin.answers import Answer
from apitest_server.admin.calls import Refused, Row
from apitest_server.admin.forms import BadField, Choices, controls, payload
from apitest_server.admin.kinds import Field
from apitest_server.admin.pages.objects import problem_of
from apitest_server.admin.site import Site
from apitest_server.admin.steps import Lookup
from apitest_server.admin.visit import Visit

_SUBSCRIPTION, _ENDPOINT = "zato.pubsub.subscription.", "zato.pubsub.endpoint."
_CREATE = f"{_SUBSCRIPTION}create"
_WITHOUT = ("topic_id", "endpoint_id", "cluster_id")  # Names do as well
_LISTS = {"topic_name": "zato.pubsub.topic.get-list", "endpoint_name": f"{_ENDPOINT}get-list"}
_SIZE = 50
_CHOICES = 1000
_EXPLAINED = 20  # messages that wait, each of which is asked about


async def show(site: Site, visit: Visit) -> Answer:
    """A page of them, with a search."""
    words = visit.query.get("search", "")
    found = await visit.call(f"{_SUBSCRIPTION}get-list", query=words, cur_page=visit.page_number, page_size=_SIZE)
    return await site.page(
        visit,
        "subscriptions.html",
        rows=found.payload,
        page=found.meta,
        search=words,
        link=lambda page: f"?{urlencode({'page': page, 'search': words})}",
    )


async def new(site: Site, visit: Visit) -> Answer:
    """A form; the topic may be chosen already."""
    return await _form(site, visit, {"topic_name": visit.query.get("topic", "")})


async def create(site: Site, visit: Visit) -> Answer:
    """Subscribes an endpoint, or one client of a WebSocket channel, to a topic."""
    try:
        given = payload(await _fields(visit), visit.form.fields)
        made = (await visit.call(_CREATE, **given)).payload
    except (BadField, Refused) as error:
        typed = {name: values[-1] for name, values in visit.form.fields.items()}
        return await _form(site, visit, typed, error)
    said = "was made" if made["is_new"] else "was there already"
    act = Act(visit.user, _CREATE, given, done=f"The subscription to {given['topic_name']} {said}")
    return site.done(visit, act, _queue(made["sub_key"]))


async def queue(site: Site, visit: Visit) -> Answer:
    """One subscription: what waits for it and why it was not delivered, and what has arrived."""
    given: dict[str, object] = {"sub_key": visit.params["sub_key"]}
    some = {**given, "cur_page": 1, "page_size": _SIZE}
    service = f"{_ENDPOINT}get-endpoint-queue-messages"
    row = await _row(visit)
    kept, passing = await visit.call(f"{service}-gd", **some), await visit.call(f"{service}-non-gd", **some)
    delivered = await visit.call(f"{_SUBSCRIPTION}get-delivered-list", **some)
    messages: list[Row] = [*kept.payload, *passing.payload]
    asked = (why(visit, str(one["msg_id"]), str(row["sub_key"])) for one in messages[:_EXPLAINED])
    reasons = dict(zip((one["msg_id"] for one in messages), await asyncio.gather(*asked), strict=False))
    return await site.page(
        visit,
        "queue.html",
        queue=row,
        messages=messages,
        reasons=reasons,
        total=kept.meta["total"] + passing.meta["total"],
        delivered=delivered.payload,
        delivered_total=delivered.meta["total"],
    )


async def change(site: Site, visit: Visit) -> Answer:
    """Changes how its messages are delivered."""
    row = await _row(visit)
    given = {"sub_key": row["sub_key"], "wrap_one_msg_in_list": visit.text("wrap_one_msg_in_list") == "true"}
    await visit.call(f"{_SUBSCRIPTION}edit", **given)
    done = f"The subscription to {row['topic_name']} was changed"
    return site.done(visit, _act(visit, f"{_SUBSCRIPTION}edit", given, done, row), _queue(row["sub_key"]))


async def clear(site: Site, visit: Visit) -> Answer:
    """Deletes what waits for it."""
    row = await _row(visit)
    given = {"sub_key": row["sub_key"]}
    service = f"{_ENDPOINT}clear-endpoint-queue"
    deleted = (await visit.call(service, **given)).payload["deleted"]
    done = f"Messages of the queue that were deleted: {deleted}"
    return site.done(visit, _act(visit, service, given, done, row), _queue(row["sub_key"]))


async def delete(site: Site, visit: Visit) -> Answer:
    """Ends it; what waits for it alone is deleted."""
    row = await _row(visit)
    given = {"sub_key": row["sub_key"]}
    await visit.call(f"{_SUBSCRIPTION}delete", **given)
    done = f"The subscription to {row['topic_name']} was ended"
    return site.done(visit, _act(visit, f"{_SUBSCRIPTION}delete", given, done, row), "pubsub/subscriptions")


async def why(visit: Visit, msg_id: str, sub_key: str) -> Mapping[str, str]:
    """What has become of a message for a subscriber, and why."""
    try:
        found: Mapping[str, str] = (await visit.call("zato.pubsub.message.why", msg_id=msg_id, sub_key=sub_key)).payload
    except Refused as error:
        return {"state": "unknown", "reason": error.error.details}
    return found


async def _row(visit: Visit) -> Row:
    found: Row = (await visit.call(f"{_ENDPOINT}get-endpoint-queue", sub_key=visit.params["sub_key"])).payload
    return found


def _act(visit: Visit, service: str, given: Mapping[str, object], done: str, row: Row) -> Act:
    """A subscription that is made anew has another key."""
    known = {"topic_name": row["topic_name"], "endpoint_name": row["endpoint_name"], "query": row["ext_client_id"]}
    lookup = Lookup("sub_key", f"{_SUBSCRIPTION}get-list", known, "/0/sub_key")
    return Act(visit.user, service, given, done=done, lookups=(lookup,))


async def _fields(visit: Visit) -> list[Field]:
    """What the service takes, as it says itself."""
    found: list[Field] = (await visit.call("zato.service.get-simple-io", name=_CREATE)).payload["input"]
    return [field for field in found if field["name"] not in _WITHOUT]


async def _form(site: Site, visit: Visit, values: Mapping[str, object], error: Exception | None = None) -> Answer:
    fields = await _fields(visit)
    field, problem = problem_of(error)
    problems = {field: problem} if any(one["name"] == field for one in fields) else {}
    made = controls(fields, values, await _choices(visit), True, problems)
    cid = error.cid if isinstance(error, Refused) else ""
    return await site.page(
        visit,
        "subscription.html",
        400 if error else 200,
        controls=made,
        problem="" if problems else problem,
        cid=cid,
    )


async def _choices(visit: Visit) -> Choices:
    found = await asyncio.gather(*(visit.call(service, cur_page=1, page_size=_CHOICES) for service in _LISTS.values()))
    return {
        field: tuple((str(row["name"]), str(row["name"])) for row in called.payload)
        for field, called in zip(_LISTS, found, strict=True)
    }


def _queue(sub_key: str) -> str:
    return f"pubsub/queues/{quote(sub_key)}"
