"""Signing in and out."""

from dataclasses import replace
from time import time
from urllib.parse import unquote

from apitest_server.admin.answers import DEVICE, DEVICE_LIFE, Answer, cookie, redirect
from apitest_server.admin.calls import Refused
from apitest_server.admin.site import Site, as_json
from apitest_server.admin.visit import Visit

_FAILED = {
    401: "That user name and password do not go together",
    429: "Too many attempts have failed. Wait a few seconds, then try again",
}


async def show(site: Site, visit: Visit) -> Answer:
    """The form; whoever has signed in already goes on."""
    return (
        redirect(_wanted(site, visit))
        if visit.user
        else await site.page(visit, "sign_in.html", username="", problem="")
    )


async def sign_in(site: Site, visit: Visit) -> Answer:
    """Signs in. A wrong password is slowed down, and what is wrong is not told."""
    client = visit.http.client
    given = {"username": visit.text("username"), "password": visit.text("password")}
    try:
        service = "zato.security.administrator.log-in"
        given["device"] = visit.http.cookies.get(DEVICE, "")
        found = await visit.call(service, **given, remote_addr=client[0] if client else "")
    except Refused as error:
        problem = _FAILED.get(error.error.status, error.error.details)
        if error.error.status == 400:
            problem = "Fill in user name and password"
        status = error.error.status if error.error.status in _FAILED else 400
        if not visit.wants_page:
            return as_json({"problem": problem}, status)
        return await site.page(visit, "sign_in.html", status, username=given["username"], problem=problem)
    life = max(0, int(found.payload["expires"] - time()))
    made = [cookie(found.payload["session"], life, visit.is_secure)]
    if found.payload["device"]:
        made.append(cookie(found.payload["device"], DEVICE_LIFE, visit.is_secure, DEVICE))
    if visit.wants_page:
        return redirect(_wanted(site, visit), *made)
    visit.session, visit.user = found.payload["session"], found.payload["username"]
    return replace(await tell(site, visit), headers=made)


async def tell(site: Site, visit: Visit) -> Answer:
    """Who has signed in, and what forms have to send along: for pages that are older than the session."""
    return as_json({"user": visit.user, "proof": visit.proof})


async def sign_out(site: Site, visit: Visit) -> Answer:
    """Ends the session, also for whoever has a copy of its cookie."""
    await visit.call("zato.security.administrator.log-out", session=visit.session)
    return redirect("sign-in", cookie("", 0, visit.is_secure))


def _wanted(site: Site, visit: Visit) -> str:
    """The page that led to the form; the home page where nothing of that name can be looked at."""
    wanted = visit.query.get("next", "")
    is_plain = wanted.isascii() and wanted.isprintable() and " " not in wanted
    return wanted if is_plain and site.has_page(unquote(wanted.partition("?")[0])) else ""
