"""The home page: what the server is, and what it does at this moment."""

import asyncio
import json
from collections.abc import AsyncIterator

from apitest_server.admin.answers import Answer, Stream
from apitest_server.admin.calls import Refused, Row
from apitest_server.admin.site import Site
from apitest_server.admin.visit import Visit

_STATUS, _TOTALS = "zato.server.get-status", "zato.pubsub.topic.get-totals"
_EVERY = 1.0  # seconds
_COUNTED = 5  # of these, between two counts of messages, which the database has to look for


async def show(site: Site, visit: Visit) -> Answer:
    """Version, up-time, services, figures."""
    totals, problem = await _totals(site, visit)
    status = await _status(site, visit)
    return await site.page(visit, "home.html", server=status, totals=totals, problem=problem)


async def live(site: Site, visit: Visit) -> Stream:
    """The figures of each second."""
    return Stream(_figures(site, visit))


async def _figures(site: Site, visit: Visit) -> AsyncIterator[bytes]:
    totals: Row = {}
    count = 0
    while True:
        try:
            if count % _COUNTED == 0:
                totals, _ = await _totals(site, visit)
            found = {**totals, **await _status(site, visit)}
        except Refused:
            return
        yield json.dumps(found, default=str).encode("utf-8")
        count += 1
        await asyncio.sleep(_EVERY)


async def _status(site: Site, visit: Visit) -> Row:
    """Looking at the figures does not change them."""
    found: Row = (await visit.call(_STATUS)).payload
    found["calls"] -= site.looks
    site.looks += 1
    return found


async def _totals(site: Site, visit: Visit) -> tuple[Row, str]:
    """Of publish/subscribe; why there are none, where its module is disabled."""
    try:
        found: Row = (await visit.call(_TOTALS)).payload
    except Refused as error:
        return {}, error.error.details
    site.looks += 1
    return {**found, "messages": found["current_depth_gd"] + found["current_depth_non_gd"]}, ""
