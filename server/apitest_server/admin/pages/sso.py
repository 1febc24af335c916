"""Users of SSO: found, made and changed, let in and kept out; where each is signed in, and with which accounts."""

import asyncio
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from apitest_server.admin.acts import Act
from apitest_server.admin.answers import Answer
from apitest_server.admin.calls import Refused, Row
from apitest_server.admin.forms import BadField, Control, controls, payload
from apitest_server.admin.kinds import Field
from apitest_server.admin.pages.objects import problem_of
from apitest_server.admin.site import Site
from apitest_server.admin.steps import Lookup
from apitest_server.admin.visit import Visit
from apitest_server.errors import NotFound

_USER = "zato.sso.user."
_SIZE = 50
_NAMES = ("email", "display_name", "first_name", "middle_name", "last_name")
_NEW = ("username", "password", *_NAMES, "password_must_change", "is_super_user")
_CHANGED = (*_NAMES, "password_must_change")
# What a list is narrowed to
_STATES: dict[str, tuple[str, dict[str, object]]] = {
    "": ("all", {}),
    "to_approve": ("to approve", {"sign_up_status": "to_approve"}),
    "to_confirm": ("not confirmed", {"sign_up_status": "before_confirmation"}),
    "rejected": ("rejected", {"approval_status": "rejected"}),
}
# What can be done with one: its service, what that is given, what is said of it
_ACTS: dict[str, tuple[str, dict[str, object], str]] = {
    "approve": ("approve", {}, "was approved"),
    "reject": ("reject", {}, "was rejected"),
    "lock": ("lock", {}, "was locked, and is signed out everywhere"),
    "unlock": ("unlock", {}, "may sign in again"),
    "codes-off": ("update", {"is_totp_enabled": False}, "needs no codes any longer"),
    "delete": ("delete", {}, "was deleted"),
    "change-password": ("change-password", {}, "has another password, and is signed out everywhere"),
    "link": ("link", {}, "has another linked account"),
    "unlink": ("unlink", {}, "has one linked account less"),
}
_TAKEN = {"change-password": ("new_password",), "link": ("auth_type", "auth_username")}
_TAKEN["unlink"] = _TAKEN["link"]


async def show(site: Site, visit: Visit) -> Answer:
    """A page of them, all or those in one state, with a search."""
    words, state = visit.query.get("search", ""), visit.query.get("state", "")
    narrowed = _STATES.get(state, _STATES[""])[1]
    found = (
        await visit.call(f"{_USER}search", query=words, cur_page=visit.page_number, page_size=_SIZE, **narrowed)
    ).payload
    return await site.page(
        visit,
        "sso.html",
        rows=found["result"],
        page=found,
        search=words,
        state=state,
        states=[(name, text) for name, (text, _) in _STATES.items()],
        link=lambda page: f"?{urlencode({'page': page, 'search': words, 'state': state})}",
    )


async def new(site: Site, visit: Visit) -> Answer:
    """An empty form."""
    return await _new(site, visit, {})


async def create(site: Site, visit: Visit) -> Answer:
    """Makes a user; what was typed stays where something is wrong with it."""
    try:
        given = payload(await _fields(visit, "create", _NEW), visit.form.fields)
        made = (await visit.call(f"{_USER}create", **given)).payload
    except (BadField, Refused) as error:
        return await _new(site, visit, _typed(visit), error)
    act = Act(visit.user, f"{_USER}create", given, done=f"SSO user “{made['username']}” was made")
    return site.done(visit, act, _path(made["user_id"]))


async def one(site: Site, visit: Visit) -> Answer:
    """All that is known of a user, to be changed."""
    row = await _row(visit)
    return await _page(site, visit, row, row)


async def change(site: Site, visit: Visit) -> Answer:
    """Changes a user's names, address, and whether the password has to be changed."""
    row = await _row(visit)
    try:
        given = {"user_id": row["user_id"], **payload(await _fields(visit, "update", _CHANGED), visit.form.fields)}
        await visit.call(f"{_USER}update", **given)
    except (BadField, Refused) as error:
        return await _page(site, visit, row, _typed(visit), error)
    return _done(site, visit, row, f"{_USER}update", given, "was changed")


async def act(site: Site, visit: Visit) -> Answer:
    """Lets a user in or keeps the user out, sets a password, links an account or ends a link."""
    verb = visit.params["verb"]
    if verb not in _ACTS:
        raise NotFound(f"SSO users have no act `{verb}`")
    service, fields, said = _ACTS[verb]
    row = await _row(visit)
    given = {"user_id": row["user_id"], **fields, **{name: visit.text(name) for name in _TAKEN.get(verb, ())}}
    if verb == "change-password":
        given["must_change"] = visit.text("must_change") == "true"
    try:
        await visit.call(f"{_USER}{service}", **given)
    except Refused as error:
        return await _page(site, visit, row, row, error)
    return _done(site, visit, row, f"{_USER}{service}", given, said)


def _done(site: Site, visit: Visit, row: Row, service: str, given: Mapping[str, object], said: str) -> Answer:
    """A user who is made anew has another ID, but the same name."""
    lookup = Lookup("user_id", f"{_USER}search", {"username": row["username"]}, "/result/0/user_id")
    done = f"SSO user “{row['username']}” {said}"
    act = Act(visit.user, service, given, done=done, lookups=(lookup,))
    return site.done(visit, act, "sso" if service == f"{_USER}delete" else _path(row["user_id"]))


async def _row(visit: Visit) -> Row:
    found: Row = (await visit.call(f"{_USER}get", user_id=visit.params["user_id"])).payload
    return found


async def _fields(visit: Visit, verb: str, names: tuple[str, ...]) -> list[Field]:
    """Of what a service takes, as it says itself, what people are asked for."""
    found: list[Field] = (await visit.call("zato.service.get-simple-io", name=f"{_USER}{verb}")).payload["input"]
    by_name = {field["name"]: field for field in found}
    return [by_name[name] for name in names]


def _made(fields: list[Field], values: Mapping[str, object], error: Exception | None) -> tuple[list[Control], str]:
    """The controls of a form, and what is wrong where that is about none of them."""
    field, problem = problem_of(error)
    is_of_one = any(one["name"] == field for one in fields)
    return controls(fields, values, {}, True, {field: problem} if is_of_one else {}), "" if is_of_one else problem


async def _new(site: Site, visit: Visit, values: Mapping[str, object], error: Exception | None = None) -> Answer:
    made, problem = _made(await _fields(visit, "create", _NEW), values, error)
    cid = error.cid if isinstance(error, Refused) else ""
    return await site.page(visit, "sso_new.html", 400 if error else 200, controls=made, problem=problem, cid=cid)


async def _page(
    site: Site, visit: Visit, row: Row, values: Mapping[str, object], error: Exception | None = None
) -> Answer:
    made, problem = _made(await _fields(visit, "update", _CHANGED), values, error)
    sessions, linked, names = await asyncio.gather(
        visit.call("zato.sso.session.get-list", user_id=row["user_id"]),
        visit.call(f"{_USER}get-linked", user_id=row["user_id"]),
        visit.call("zato.sso.user-attr.get-names", user_id=row["user_id"]),
    )
    return await site.page(
        visit,
        "sso_user.html",
        400 if error else 200,
        row=row,
        controls=made,
        problem=problem,
        cid=error.cid if isinstance(error, Refused) else "",
        sessions=sessions.payload["result"],
        linked=linked.payload["result"],
        attributes=names.payload["result"],
    )


def _typed(visit: Visit) -> dict[str, object]:
    """What is in the form that was sent; what is not ticked is not sent."""
    unticked = dict.fromkeys(("password_must_change", "is_super_user"), "false")
    return {**unticked, **{name: values[-1] for name, values in visit.form.fields.items()}}


def _path(user_id: object) -> str:
    return f"sso/{quote(str(user_id))}"
