"""The log: what it says of one call, by its correlation ID, and the last errors."""

from apitest_server.admin.answers import Answer
from apitest_server.admin.calls import Refused
from apitest_server.admin.site import Site
from apitest_server.admin.visit import Visit

_LOG = "zato.log."
_ERRORS = 50  # that are shown


async def show(site: Site, visit: Visit) -> Answer:
    """Of a call, or the errors where none is asked for; a correlation ID that is none is told."""
    cid, problem = visit.query.get("cid", "").strip(), ""
    found = None
    if cid:
        try:
            found = await visit.call(f"{_LOG}get-by-cid", cid=cid)
        except Refused as error:
            if error.error.status != 400:
                raise
            problem = "That is not a correlation ID: it has 24 digits of 0 to 9 and a to f"
    found = found or await visit.call(f"{_LOG}get-errors", limit=_ERRORS)
    return await site.page(
        visit,
        "log.html",
        400 if problem else 200,
        cid="" if problem else cid,
        typed=cid,
        found=found.payload,
        problem=problem,
    )
