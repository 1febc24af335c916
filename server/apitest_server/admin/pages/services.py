"""Services: found, read, invoked with a form made of what they declare, switched on and off, uploaded."""

from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any
from urllib.parse import quote, urlencode

from apitest_server.admin.acts import Act
from apitest_server.admin.answers import Answer
from apitest_server.admin.calls import Refused, Row
from apitest_server.admin.forms import controls, json_of, payload
from apitest_server.admin.kinds import Field
from apitest_server.admin.site import Site
from apitest_server.admin.visit import Visit
from apitest_server.errors import BadRequest

_SERVICE = "zato.service."
_SIZE = 50
_SAMPLED = 10  # requests and responses that are shown


async def show(site: Site, visit: Visit) -> Answer:
    """A page of them, those of users or all, with a search."""
    words, whose = visit.query.get("search", ""), visit.query.get("whose", "users")
    chosen: dict[str, object] = {} if whose == "all" else {"internal": whose == "internal"}
    found = await visit.call(f"{_SERVICE}get-list", query=words, cur_page=visit.page_number, page_size=_SIZE, **chosen)
    return await site.page(
        visit,
        "services.html",
        rows=found.payload,
        page=found.meta,
        search=words,
        whose=whose,
        link=lambda page: f"?{urlencode({'page': page, 'search': words, 'whose': whose})}",
    )


async def one(site: Site, visit: Visit) -> Answer:
    """What a service says about itself, its source, how it was deployed, and how it does."""
    name = visit.params["name"]
    about = (await visit.call(f"{_SERVICE}get-by-name", name=name)).payload
    io, problem = await _or_problem(visit, f"{_SERVICE}get-simple-io", name=name)
    source, _ = await _or_problem(visit, f"{_SERVICE}get-source-info", name=name)
    deployed, _ = await _or_problem(visit, f"{_SERVICE}get-deployment-info-list", name=name)
    kept, _ = await _or_problem(visit, f"{_SERVICE}get-request-response", name=name)
    fields: list[Field] = io["input"] if io else []
    return await site.page(
        visit,
        "service.html",
        about=about,
        io=io,
        problem=problem,
        controls=controls(fields, {}, {}, True, {}),
        source=b64decode(source["source"]).decode("utf-8", "replace") if source else "",
        place=source["source_path"] if source else "",
        deployed=deployed or [],
        samples=kept["samples"][:_SAMPLED] if kept else [],
        usage=await _usage(visit, name),
    )


async def invoke(site: Site, visit: Visit) -> Answer:
    """Invokes a service with what was filled in, or with JSON."""
    name = visit.params["name"]
    if visit.text("request"):
        given = json_of("request", visit.text("request"))
        if not isinstance(given, dict):
            raise BadRequest("The request must be a JSON object")
    else:
        fields: list[Field] = (await visit.call(f"{_SERVICE}get-simple-io", name=name)).payload["input"]
        sent = visit.form.fields
        given = payload(fields, sent)
        given = {key: value for key, value in given.items() if value is not None and sent.get(key, ["x"])[-1] != ""}
    started = perf_counter()
    called = await visit.call(name, **given)
    took = round((perf_counter() - started) * 1000)
    act = Act(visit.user, name, given, done=f"Service {name} was invoked")
    return site.told(visit, act, answer=_text(called.payload), ms=took)


async def change(site: Site, visit: Visit) -> Answer:
    """Switches a service on or off, and says which of its calls are kept to be looked at."""
    name = visit.params["name"]
    given: dict[str, object] = {"name": name, "is_active": visit.text("is_active") == "true"}
    given["slow_threshold"] = visit.text("slow_threshold") or "0"
    await visit.call(f"{_SERVICE}edit", **given)
    every = {"name": name, "sample_req_resp_freq": visit.text("sample_every") or "0"}
    await visit.call(f"{_SERVICE}configure-request-response", **every)
    act = Act(visit.user, f"{_SERVICE}edit", given, done=f"Service {name} was changed")
    return site.done(visit, act, f"services/{quote(name)}")


async def upload(site: Site, visit: Visit) -> Answer:
    """Deploys a file; one that cannot be is refused with its error, and the old version stays."""
    files = [file for file in visit.form.files if file.name == "file" and file.filename]
    if not files:
        raise BadRequest("Choose a file of Python to deploy")
    given = {"payload": b64encode(files[0].content).decode("ascii"), "payload_name": files[0].filename}
    found = (await visit.call(f"{_SERVICE}upload-package", **given)).payload
    act = Act(
        visit.user, f"{_SERVICE}upload-package", given, done=f"Deployed: {', '.join(found['services']) or 'nothing'}"
    )
    return site.done(visit, act, "services")


async def _or_problem(visit: Visit, service: str, /, **fields: object) -> tuple[Any, str]:
    """What a service returns, or why it does not: a page is shown without it."""
    try:
        return (await visit.call(service, **fields)).payload, ""
    except Refused as error:
        return None, error.error.details


async def _usage(visit: Visit, name: str) -> list[Row]:
    """Calls and mean time by minute, of the last hour."""
    start = datetime.now(UTC) - timedelta(hours=1)
    found, _ = await _or_problem(
        visit, "zato.stats.get-by-period", period="minute", service=name, start=start.isoformat()
    )
    return found or []


def _text(answer: object) -> object:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
