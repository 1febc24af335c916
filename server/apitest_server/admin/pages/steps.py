"""What was done, as steps of a test."""

from apitest_server.admin.answers import Answer
from apitest_server.admin.site import Site
from apitest_server.admin.steps import scenario, variables
from apitest_server.admin.visit import Visit
from apitest_server.errors import NotFound


async def show(site: Site, visit: Visit) -> Answer:
    """A scenario that does the same, to be copied."""
    act = site.acts.get(visit.params["number"], visit.user)
    if act is None:
        raise NotFound("It is too long ago: the server does not remember it any longer")
    address = f"{'https' if visit.is_secure else 'http'}://{visit.http.headers.get('host', 'localhost')}"
    text = scenario(act.done, address, act.service, act.fields, act.lookups)
    return await site.page(visit, "steps.html", done=act, text=text, variables=variables(dict(act.fields)))
