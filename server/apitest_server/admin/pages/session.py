"""Signing in and out."""

from time import time

from apitest_server.admin.answers import Answer, cookie, redirect
from apitest_server.admin.calls import Refused
from apitest_server.admin.site import Site
from apitest_server.admin.visit import Visit

_FAILED = {
    401: "That user name and password do not go together",
    429: "Too many attempts have failed. Wait a few seconds, then try again",
}


async def show(site: Site, visit: Visit) -> Answer:
    """The form; whoever has signed in already goes on."""
    return redirect("") if visit.user else await site.page(visit, "sign_in.html", username="", problem="")


async def sign_in(site: Site, visit: Visit) -> Answer:
    """Signs in. A wrong password is slowed down, and what is wrong is not told."""
    client = visit.http.client
    given = {"username": visit.text("username"), "password": visit.text("password")}
    try:
        service = "zato.security.administrator.log-in"
        found = await visit.call(service, **given, remote_addr=client[0] if client else "")
    except Refused as error:
        problem = _FAILED.get(error.error.status, error.error.details)
        if error.error.status == 400:
            problem = "Fill in user name and password"
        status = error.error.status if error.error.status in _FAILED else 400
        return await site.page(visit, "sign_in.html", status, username=given["username"], problem=problem)
    life = max(0, int(found.payload["expires"] - time()))
    return redirect("", cookie(found.payload["session"], life, visit.is_secure))


async def sign_out(site: Site, visit: Visit) -> Answer:
    """Ends the session, also for whoever has a copy of its cookie."""
    await visit.call("zato.security.administrator.log-out", session=visit.session)
    return redirect("sign-in", cookie("", 0, visit.is_secure))
