"""Objects of any kind: listed, made, changed, deleted. A new kind has its pages without a line here."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from urllib.parse import quote, urlencode

from apitest_server.admin import kinds
from apitest_server.admin.acts import Act
from apitest_server.admin.answers import Answer
from apitest_server.admin.calls import Refused
from apitest_server.admin.forms import BadField, Choices, Control, controls, payload
from apitest_server.admin.kinds import Field, Kind, asked_for
from apitest_server.admin.repeats import mark
from apitest_server.admin.site import Site
from apitest_server.admin.stale import CHANGED, GONE, SEEN, Told, merged, seen_of, seen_text
from apitest_server.admin.steps import Lookup
from apitest_server.admin.visit import Visit
from apitest_server.admin.words import label, lowered
from apitest_server.errors import NotFound

_SIZE = 50
_SHOWN = 7  # columns of a list, next to the name
_SERVICE_ID = "service_id"
_CHOICES = 1000  # objects to choose from
_FIELD = re.compile(r"Input field `(\w+)` (.*)", re.DOTALL)
_PASSWORD, _TWICE = "change-password", ("password1", "password2")
Row = Mapping[str, object]
_NOTHING = Told()


async def show(site: Site, visit: Visit) -> Answer:
    """A page of the objects of a kind, with a search."""
    kind = await _kind(visit)
    words = visit.query.get("search", "")
    service = f"zato.{kind['name']}.get-list"
    found = await visit.call(service, cur_page=visit.page_number, page_size=_SIZE, query=words)
    values = {
        "kind": kind,
        "title": kind["plural"],
        "columns": _columns(kind, found.payload),
        "rows": found.payload,
        "page": found.meta,
        "search": words,
        "path": _path(kind),
        "link": lambda page: f"?{urlencode({'page': page, **({'search': words} if words else {})})}",
        "names": await _names(visit, kind),
    }
    return await site.page(visit, "objects.html", **values)


async def new(site: Site, visit: Visit) -> Answer:
    """An empty form."""
    kind = await _kind(visit)
    return await _form(site, visit, kind, {}, "")


async def create(site: Site, visit: Visit) -> Answer:
    """Makes an object; what was typed stays where something is wrong with it."""
    kind = await _kind(visit)
    try:
        given = payload(asked_for(kind), visit.form.fields)
        found = await visit.call(f"zato.{kind['name']}.create", **given)
    except (BadField, Refused) as error:
        return await _form(site, visit, kind, _typed(visit, kind), "", error)
    done = f"{kind['title']} “{found.payload['name']}” was created"
    return site.done(visit, _act(visit, kind, "create", given, done), _path(kind))


async def edit(site: Site, visit: Visit) -> Answer:
    """A form with what an object has now."""
    kind = await _kind(visit)
    found = await visit.call(f"zato.{kind['name']}.get-by-id", id=visit.params["id"])
    return await _form(site, visit, kind, found.payload, visit.params["id"], told=_seen(kind, found.payload))


async def change(site: Site, visit: Visit) -> Answer:
    """Changes an object, unless somebody else has done so since the form was shown: then both versions are."""
    kind, number = await _kind(visit), visit.params["id"]
    service = f"zato.{kind['name']}"
    try:
        given = {"id": int(number), **payload(asked_for(kind), visit.form.fields)}
        row = (await visit.call(f"{service}.get-by-id", id=int(number))).payload
        found = await visit.call(f"{service}.edit", **given, expected=seen_of(visit.text(SEEN)))
    except Refused as error:
        return await _not_changed(site, visit, kind, error)
    except BadField as error:
        return await _form(site, visit, kind, _typed(visit, kind), number, error)
    done = f"{kind['title']} “{found.payload['name']}” was changed"
    return site.done(visit, _act(visit, kind, "edit", given, done, row), _path(kind))


async def _not_changed(site: Site, visit: Visit, kind: Kind, error: Refused) -> Answer:
    """The form once more; where the object is not what it was, or is not there any longer, it says so."""
    number, typed = visit.params["id"], _typed(visit, kind)
    if error.error.status == HTTPStatus.NOT_FOUND:
        return await _form(site, visit, kind, typed, "", told=Told(GONE))
    if error.error.status != HTTPStatus.CONFLICT:
        return await _form(site, visit, kind, typed, number, error)
    row = (await visit.call(f"zato.{kind['name']}.get-by-id", id=int(number))).payload
    described = asked_for(kind)
    both = merged(described, seen_of(visit.text(SEEN)), row, typed, await _choices(visit, kind))
    told = Told(CHANGED, seen_text(described, row), both.news)
    return await _form(site, visit, kind, both.values, number, told=told)


async def delete(site: Site, visit: Visit) -> Answer:
    """Deletes an object."""
    kind, number = await _kind(visit), visit.params["id"]
    given = {"id": int(number)}
    try:
        row = (await visit.call(f"zato.{kind['name']}.get-by-id", **given)).payload
        await visit.call(f"zato.{kind['name']}.delete", **given)
    except Refused as error:
        if error.error.status != HTTPStatus.NOT_FOUND:
            raise
        raise NotFound(f"{error.error.details}: somebody else may have deleted it already") from error
    done = f"{kind['title']} “{row['name']}” was deleted"
    return site.done(visit, _act(visit, kind, "delete", given, done, row), _path(kind))


async def act(site: Site, visit: Visit) -> Answer:
    """Does what else can be done with an object of the kind: pings it, changes its password, runs it."""
    kind, number, verb = await _kind(visit), visit.params["id"], visit.params["verb"]
    found = next((one for one in kind["acts"] if one["verb"] == verb), None)
    if found is None and not (verb == _PASSWORD and verb in kind["verbs"]):
        raise NotFound(f"Objects of this kind have no act `{verb}`")
    service, secrets = f"zato.{kind['name']}.{verb}", frozenset(_TWICE)
    fields = {"id": int(number), **{name: visit.text(name) for name in _TWICE}}
    row = (await visit.call(f"zato.{kind['name']}.get-by-id", id=int(number))).payload
    try:
        if found is not None:
            fields = _input(found, row, visit.form.fields)
        called = await visit.call(service, **fields)
    except (BadField, Refused) as error:
        return await _form(site, visit, kind, row, number, error, _seen(kind, row))
    done = f"{kind['title']} “{row['name']}”: {verb.replace('-', ' ')} – done"
    told = called.payload if _is_news(called.payload) else None
    lookups = _lookups(kind, row) if "id" in fields else ()
    made = Act(visit.user, service, fields, secrets, done, told, lookups=lookups)
    return site.done(visit, made, f"{_path(kind)}/{number}")


def _input(found: kinds.Act, row: Row, sent: Mapping[str, list[str]]) -> dict[str, object]:
    """The object by its ID or name, and what was filled in."""
    given = payload(found["input"], sent)
    return {found["by"]: row[found["by"]], **{name: value for name, value in given.items() if sent.get(name, [""])[-1]}}


async def _kind(visit: Visit) -> Kind:
    found: Kind = (await visit.call("zato.kind.get", name=visit.params["kind"])).payload
    return found


async def _form(
    site: Site,
    visit: Visit,
    kind: Kind,
    values: Row,
    number: str,
    error: Exception | None = None,
    told: Told = _NOTHING,
) -> Answer:
    """The form of an object; without a number of one that is still to be made."""
    field, wrong = problem_of(error)
    described = asked_for(kind)
    is_of_a_field = any(one["name"] == field for one in described)
    problems = {field: wrong} if is_of_a_field else {}
    made = controls(described, values, await _choices(visit, kind), not number, problems, told.news)
    problem = "" if is_of_a_field else f"{label(field)} {wrong}" if field else wrong
    return await site.page(
        visit,
        "object.html",
        400 if error or told.problem else 200,
        kind=kind,
        acts=[(one, controls(one["input"], {}, {}, True, {})) for one in kind["acts"]],
        title=f"{kind['title']} “{values['name']}”"
        if number and values.get("name")
        else f"New {lowered(kind['title'])}",
        controls=_sorted(made),
        services=await _services(visit) if any(control.is_service for control in made) else (),
        number=number,
        is_declared=bool(values.get("is_declared")),
        path=_path(kind),
        action=_path(kind) + (f"/{number}" if number else "/new"),
        problem=told.problem or problem,
        value_of=values,
        seen=(told.seen or visit.text(SEEN)) if number else "",
        mark=mark(),
        cid=error.cid if isinstance(error, Refused) else "",
    )


def _seen(kind: Kind, row: Row) -> Told:
    return Told(seen=seen_text(asked_for(kind), row))


def _sorted(made: list[Control]) -> list[Control]:
    """What is ticked comes last, so that the form reads as columns of one kind."""
    return sorted(made, key=lambda control: control.kind == "checkbox")


def problem_of(error: Exception | None) -> tuple[str, str]:
    """The field that an error of a form is about, and what is wrong; empty where there is none."""
    if isinstance(error, BadField):
        return error.field, str(error)
    if isinstance(error, Refused):
        match = _FIELD.fullmatch(error.error.details)
        return (match[1], match[2]) if match else ("", error.error.details)
    return "", ""


def _typed(visit: Visit, kind: Kind) -> dict[str, object]:
    """What is in the form that was sent; what is not ticked is not sent."""
    unticked = {field["name"]: "false" for field in kind["fields"] if field["schema"].get("type") == "boolean"}
    return {**unticked, **{name: values[-1] for name, values in visit.form.fields.items()}}


def _act(
    visit: Visit, kind: Kind, verb: str, given: Mapping[str, object], done: str, row: Mapping[str, object] | None = None
) -> Act:
    secrets = frozenset(field["name"] for field in kind["fields"] if field["secret"])
    lookups = () if row is None else _lookups(kind, row)
    return Act(visit.user, f"zato.{kind['name']}.{verb}", given, secrets, done, lookups=lookups)


def _lookups(kind: Kind, row: Mapping[str, object]) -> tuple[Lookup, ...]:
    """An object is made anew with another ID, but with the same name; fields tell it from others that have it."""
    told_apart = (field["name"] for field in kind["fields"] if field["filters"] and not field["refers_to"])
    return (
        Lookup("id", f"zato.{kind['name']}.get-by-name", {name: row[name] for name in ("name", *told_apart)}, "/id"),
    )


async def _choices(visit: Visit, kind: Kind) -> Choices:
    """The objects that fields of the kind can refer to."""
    referring = [field for field in kind["fields"] if field["refers_to"]]
    found = await asyncio.gather(*(_objects(visit, field["refers_to"]) for field in referring))
    choices: dict[str, tuple[tuple[str, str], ...]] = {
        field["name"]: (("0", "none"), *((str(row["id"]), str(row["name"])) for row in rows))
        for field, rows in zip(referring, found, strict=True)
    }
    if any(field["name"] == _SERVICE_ID for field in kind["fields"]):
        choices[_SERVICE_ID] = tuple((str(row["id"]), str(row["name"])) for row in await _services(visit))
    return choices


async def _names(visit: Visit, kind: Kind) -> dict[str, dict[int, str]]:
    """The names of objects that are referred to, by field and ID."""
    choices = await _choices(visit, kind)
    return {field: {int(number): name for number, name in options} for field, options in choices.items()}


async def _objects(visit: Visit, kinds: list[str]) -> list[Row]:
    rows: list[Row] = []
    for kind in kinds:
        try:
            found = await visit.call(f"zato.{kind}.get-list", cur_page=1, page_size=_CHOICES)
        except Refused:  # Its module is disabled: there is nothing to choose
            continue
        rows += found.payload
    return rows


async def _services(visit: Visit) -> list[Row]:
    """Those to choose from: first those of users, then the server's own."""
    found = await visit.call("zato.service.get-list", cur_page=1, page_size=_CHOICES)
    return sorted(found.payload, key=lambda row: (bool(row["is_internal"]), row["name"]))


def _columns(kind: Kind, rows: Sequence[Row]) -> list[Field]:
    """What a list shows: the fields that objects are found by, then what they refer to, then others.

    As many as there is room for, of those that any of the rows has.
    """
    plain = [field for field in kind["fields"] if not field["secret"] and any(_has(row, field) for row in rows)]
    chosen = sorted(plain, key=_rank)[:_SHOWN]
    return [field for field in plain if field in chosen]


def _rank(field: Field) -> int:
    if field["required"] or field["filters"] or field["searched"]:
        return 0
    return 1 if field["refers_to"] else 2


def _has(row: Row, field: Field) -> bool:
    """Whether there is anything to be seen of a field; a reference that is 0 refers to nothing."""
    value = row.get(field["name"])
    return value not in (None, "", [], {}) and not (field["refers_to"] and not value)


def _path(kind: Kind) -> str:
    return f"objects/{quote(kind['name'])}"


def _is_news(payload: object) -> bool:
    """Whether a response says more than which object it was about."""
    return bool(payload) and not (isinstance(payload, dict) and payload.keys() <= {"id", "name"})
