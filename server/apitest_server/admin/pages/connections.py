"""Who is connected to WebSocket channels: listed live, filtered while one types, and talked to one by one."""

import json
from collections.abc import AsyncIterator
from time import perf_counter
from urllib.parse import quote

from apitest_server.admin.acts import Act
from apitest_server.admin.answers import Answer, Stream
from apitest_server.admin.calls import Refused, Row
from apitest_server.admin.forms import json_of
from apitest_server.admin.site import Site, as_json
from apitest_server.admin.steps import Lookup
from apitest_server.admin.visit import Visit
from apitest_server.errors import NotFound

_CHANNELS = "zato.channel.web-socket."
_LIST = f"{_CHANNELS}get-connection-list"
_CHANGES = f"{_CHANNELS}get-connection-changes"
_SEEN = 100  # rows that a window may show at a time
# In the order in which the script takes them: names would be three quarters of what is sent
_TOLD = (
    "pub_client_id", "ext_client_id", "ext_client_name", "channel_name", "username", "peer_address", "peer_fqdn",
    "local_address", "server_name", "server_proc_pid", "connection_time",
)  # fmt: skip
_PATIENCE = 20.0  # seconds that it is waited for news; a tap is gone where nobody reads it for a minute


async def show(site: Site, visit: Visit) -> Answer:
    """The table; its rows come by themselves."""
    channels = (await visit.call(f"{_CHANNELS}get-list")).payload
    chosen = _whole(visit.query.get("channel", ""))
    return await site.page(visit, "connections.html", channels=channels, chosen=chosen)


async def rows(site: Site, visit: Visit) -> Answer:
    """Some connections as they are now, by their IDs: those that are seen in the table."""
    wanted = [part for part in visit.query.get("ids", "").split(",") if part][:_SEEN]
    found = await visit.call(_LIST, pub_client_ids=wanted)
    return as_json({"rows": found.payload})


async def changes(site: Site, visit: Visit) -> Stream:
    """Everybody who is connected, a thousand at a time, and then who comes and who goes."""
    return Stream(_changes(visit))


async def one(site: Site, visit: Visit) -> Answer:
    """A connection: who it is, what it is subscribed to; it can be talked to, watched and closed."""
    connection = visit.params["connection"]
    found = (await visit.call(_LIST, pub_client_id=connection)).payload
    if not found:
        raise NotFound(f"There is no WebSocket connection with ID {connection} any more")
    try:
        topics, problem = (await visit.call(f"{_CHANNELS}get-sub-key-data-list", pub_client_id=connection)).payload, ""
    except Refused as error:
        topics, problem = [], error.error.details
    return await site.page(visit, "connection.html", row=found[0], topics=topics, problem=problem)


async def invoke(site: Site, visit: Visit) -> Answer:
    """Sends a request to the client, and waits for its answer."""
    given = _request(visit) | {"pub_client_id": visit.params["connection"], "timeout": visit.text("timeout") or "5"}
    row = (await visit.call(_LIST, pub_client_id=visit.params["connection"])).payload
    started = perf_counter()
    called = await visit.call(f"{_CHANNELS}invoke-wsx", **given)
    done = f"Client {_called(row, visit)} was sent a request"
    took = round((perf_counter() - started) * 1000)
    act = Act(visit.user, f"{_CHANNELS}invoke-wsx", given, done=done, lookups=_lookups(row))
    return site.told(visit, act, answer=called.payload["response_data"], ms=took)


async def broadcast(site: Site, visit: Visit) -> Answer:
    """Sends a request to all clients of a channel."""
    given = _request(visit) | {"id": int(visit.params["id"])}
    called = await visit.call(f"{_CHANNELS}broadcast", **given)
    channel = (await visit.call(f"{_CHANNELS}get-by-id", id=given["id"])).payload["name"]
    done = f"All clients of channel {channel} were sent a request"
    lookups = (Lookup("id", f"{_CHANNELS}get-by-name", {"name": channel}, "/id"),)
    act = Act(visit.user, f"{_CHANNELS}broadcast", given, done=done, lookups=lookups)
    return site.told(visit, act, clients=called.payload["clients"])


async def disconnect(site: Site, visit: Visit) -> Answer:
    """Closes the connection."""
    given = {"pub_client_id": visit.params["connection"]}
    row = (await visit.call(_LIST, **given)).payload
    await visit.call(f"{_CHANNELS}disconnect-connection", **given)
    done = f"The connection of client {_called(row, visit)} was closed"
    channel = row[0]["channel_id"] if row else ""
    act = Act(visit.user, f"{_CHANNELS}disconnect-connection", given, done=done, lookups=_lookups(row))
    return site.done(visit, act, _table(channel))


async def frames(site: Site, visit: Visit) -> Stream:
    """The frames of a connection as they pass."""
    tap = (await visit.call(f"{_CHANNELS}start-tap", pub_client_id=visit.params["connection"])).payload["tap_id"]
    return Stream(_frames(visit, tap))


async def _frames(visit: Visit, tap: str) -> AsyncIterator[bytes]:
    try:
        while True:
            found = (await visit.call(f"{_CHANNELS}read-tap", tap_id=tap, timeout=_PATIENCE)).payload
            yield json.dumps(found, default=str).encode("utf-8")
    except Refused:  # The connection is over, and its tap with it
        return
    finally:
        await _stop(visit, tap)


async def _stop(visit: Visit, tap: str) -> None:
    try:
        await visit.call(f"{_CHANNELS}stop-tap", tap_id=tap)
    except Refused:
        return


async def _changes(visit: Visit) -> AsyncIterator[bytes]:
    """What does not change is told once. It goes on from a position, as after the connection was broken."""
    chosen = _whole(visit.query.get("channel", ""))
    given: dict[str, object] = {"id": chosen} if chosen else {}
    position, patience = visit.query.get("since", ""), 0.0
    while True:
        try:
            found = (await visit.call(_CHANGES, **given, position=position, timeout=patience)).payload
        except Refused:
            return
        if not patience or found["rows"] or found["gone"] or found["is_anew"]:
            rows = [[row[name] for name in _TOLD] for row in found["rows"]]
            yield json.dumps({**found, "rows": rows}).encode("utf-8")
        position, patience = found["position"], _PATIENCE


def _called(rows: list[Row], visit: Visit) -> str:
    """The ID that a client has chosen, else that of its connection."""
    return str(rows[0]["ext_client_id"] if rows and rows[0]["ext_client_id"] else visit.params["connection"])


def _lookups(rows: list[Row]) -> tuple[Lookup, ...]:
    """A client has another connection the next time, but keeps the ID that it has chosen."""
    if not rows or not rows[0]["ext_client_id"]:
        return ()
    newest = {"sort_by": "connection_time", "sort_order": "desc"}
    given = {"ext_client_id": rows[0]["ext_client_id"], **newest}
    return (Lookup("pub_client_id", _LIST, given, "/0/pub_client_id"),)


def _request(visit: Visit) -> Row:
    """What to send, which is any JSON.

    Raises:
        BadField: it is not JSON.
    """
    return {"request_data": json_of("request", visit.text("request"))}


def _whole(text: str) -> int:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= 10 else 0


def _table(channel: object) -> str:
    return f"connections?channel={quote(str(channel))}"
