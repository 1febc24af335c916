"""Web-admin as an ASGI application: who may see what, and which page answers."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from time import perf_counter
from typing import NamedTuple
from urllib.parse import quote

from apitest_server.admin.acts import Act, Acts
from apitest_server.admin.answers import COOKIE, PREFIX, STRICT, Answer, Stream, cookie, redirect
from apitest_server.admin.calls import Calls, Refused, Row
from apitest_server.admin.forms import BadField
from apitest_server.admin.menu import groups
from apitest_server.admin.questions import question_of
from apitest_server.admin.rendering import FILES, TEMPLATES
from apitest_server.admin.repeats import FIELD, Repeats
from apitest_server.admin.streaming import send_stream
from apitest_server.admin.visit import Visit
from apitest_server.admin.words import label
from apitest_server.errors import BadRequest, Forbidden, HTTPError, MethodNotAllowed, NotFound, Unauthorized
from apitest_server.invoke.access_log import Origin, log_access
from apitest_server.invoke.failures import refused
from apitest_server.invoke.invoker import Invoker, new_cid
from apitest_server.service.asgi import RawHeaders, Receive, Scope, Send
from apitest_server.service.http import HTTPRequest

logger = logging.getLogger("apitest.admin")
Handler = Callable[["Site", Visit], Awaitable[Answer | Stream]]
_PARAM = re.compile(r"\{(\w+\*?)\}")
OPEN = frozenset(["sign-in"])  # Pages that strangers see


class Route(NamedTuple):
    """A page.

    Attributes:
        method: of HTTP.
        path: below ``PREFIX``; ``{name}`` is one segment, ``{name*}`` the rest, ``{id}`` a whole number.
        handler: what answers.
    """

    method: str
    path: str
    handler: Handler

    def pattern(self) -> "re.Pattern[str]":
        """The path as an expression."""
        parts = _PARAM.split(self.path)  # Text, name, text, name, …, text
        shapes = [rf"(?P<{name.strip('*')}>{_shape(name)})" for name in parts[1::2]]
        return re.compile(
            "".join(re.escape(text) + shape for text, shape in zip(parts[::2], [*shapes, ""], strict=True))
        )


class Site:
    """All pages.

    Attributes:
        acts: what users have done last.
        looks: calls of services that were made only to show how many calls there are.
        address: of the server, for steps that are copied.
    """

    def __init__(
        self,
        invoker: Invoker,
        routes: tuple[Route, ...],
        problem_of: Callable[[RawHeaders], str],
        receive_body: Callable[[Scope, Receive], Awaitable[bytes]],
        is_own: Callable[[str], bool] = lambda host: False,
    ) -> None:
        """Takes what it works with.

        Args:
            invoker: runs services.
            routes: the pages.
            problem_of: why a request with these headers must not be answered, such as one of another site.
            receive_body: the body of a request; raises where it is too large.
            is_own: whether a host is called by a name that is the server's: browsers that used TLS have to stay there.
        """
        self.acts = Acts()
        self.looks = 0
        self._repeats = Repeats()
        self._leaving = asyncio.Event()
        self._files = FILES
        self._templates = TEMPLATES
        self._invoker = invoker
        self._routes = [(route.method, route.pattern(), route) for route in routes]
        self._problem_of = problem_of
        self._receive_body = receive_body
        self._is_own = is_own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        started, cid = perf_counter(), new_cid()
        visit = Visit(HTTPRequest(scope), {}, Calls(self._invoker, cid), is_secure=scope.get("scheme") == "https")
        try:
            answer = await self._answer(scope, receive, visit)
        except Refused as error:
            answer = await self._refusal(visit, error.error, error.module)
        except BadField as error:
            answer = await self._refusal(visit, BadRequest(f"{label(error.field)} {error}"))
        except Exception as error:
            answer = await self._refusal(visit, refused(error, "web-admin", cid))
        status = answer.status if isinstance(answer, Answer) else 200
        client = scope.get("client")
        origin = Origin(scope["method"], scope["path"], client[0] if client else "-")
        log_access(cid, origin, "web-admin", status, started, visit.user)
        if isinstance(answer, Stream):
            await send_stream(answer, partial(self._look, visit), self._leaving, receive, send)
            return
        headers = answer.raw_headers()
        if visit.is_secure and self._is_own(visit.http.headers.get("host", "")):
            headers.append(STRICT)
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    def leave(self) -> None:
        """The server stops: nobody is told anything more."""
        self._leaving.set()

    async def page(self, visit: Visit, template: str, status: int = 200, **values: object) -> Answer:
        """A page made of a template, with the menu around it."""
        menu, act = [], self.acts.get(visit.query.get("done", ""), visit.user)
        if visit.user:
            menu = groups(await self._kinds(visit))
        common = {
            "user": visit.user,
            "proof": visit.proof if visit.user else "",
            "menu": menu,
            "here": visit.http.path.removeprefix(PREFIX),
            "act": act,
            "act_number": visit.query.get("done", "") if act else "",
        }
        return Answer(self._templates.page(template, {**common, **values}), status=status)

    async def _kinds(self, visit: Visit) -> list[Row]:
        """The kinds of objects; none where their module is disabled, so that all other pages go on."""
        try:
            found: list[Row] = (await visit.call("zato.kind.get-list")).payload
        except Refused as error:
            if error.module:
                return []
            raise
        return found

    def done(self, visit: Visit, act: Act, path: str) -> Answer:
        """Leads to a page that says what was done, and how the same is done by a test."""
        number = self.acts.add(replace(act, cid=visit.call.cid))
        return redirect(f"{path}{'&' if '?' in path else '?'}done={number}")

    def told(self, visit: Visit, act: Act, **values: object) -> Answer:
        """What a script shows of what was done: how the same is done by a test, and by which ID the log tells of it."""
        number = self.acts.add(replace(act, cid=visit.call.cid))
        return as_json({**values, "done": number, "cid": visit.call.cid})

    def has_page(self, path: str) -> bool:
        """Whether there is something to look at.

        Args:
            path: below ``PREFIX``, without a query.
        """
        return any(route.method == "GET" and pattern.fullmatch(path) for _, pattern, route in self._routes)

    async def _look(self, visit: Visit) -> None:
        """Raises what says that the session has ended."""
        await visit.call("zato.security.administrator.get-session", session=visit.session)
        self.looks += 1

    async def _answer(self, scope: Scope, receive: Receive, visit: Visit) -> Answer | Stream:
        path = scope["path"].removeprefix(PREFIX)
        if path.startswith("static/"):
            return self._file(path)
        problem = self._problem_of(list(scope["headers"]))
        if problem:
            raise Forbidden(problem)
        handler = self._find(scope["method"], path, visit)
        await self._sign_in(visit)
        if not visit.user and path not in OPEN:
            return self._to_sign_in(visit)
        if scope["method"] == "POST":
            visit.http.body = await self._receive_body(scope, receive)
            if visit.user:
                visit.check_proof()
                question = question_of(visit)
                if question is not None:
                    return await self.page(visit, "question.html", question=question)
            return await self._repeats.once(visit.user, visit.text(FIELD), partial(handler, self, visit))
        return await handler(self, visit)

    def _file(self, path: str) -> Answer:
        fingerprint, _, name = path.removeprefix("static/").partition("/")
        answer = self._files.answer(fingerprint, name)
        return answer or Answer(b"Not found", "text/plain", 404)

    def _find(self, method: str, path: str, visit: Visit) -> Handler:
        others = []
        for allowed, pattern, route in self._routes:
            match = pattern.fullmatch(path)
            if match and (allowed == method or (allowed, method) == ("GET", "HEAD")):
                visit.params = match.groupdict()
                return route.handler
            if match:
                others.append(allowed)
        if others:
            raise MethodNotAllowed(tuple(others))
        return _nothing

    async def _sign_in(self, visit: Visit) -> None:
        given = visit.http.cookies.get(COOKIE, "")
        if not given:
            return
        try:
            found = await visit.call("zato.security.administrator.get-session", session=given)
        except Refused as error:
            if isinstance(error.error, Unauthorized):
                return
            raise
        visit.session, visit.user = given, found.payload["username"]
        visit.call = Calls(self._invoker, visit.call.cid, visit.user)

    def _to_sign_in(self, visit: Visit) -> Answer:
        """A page leads to the form, and from there back to itself; a script is told, and shows the form itself."""
        if not visit.wants_page:
            return _problem(Unauthorized("Sign in again: the session has ended"), "")
        gone = [cookie("", 0, visit.is_secure)] if visit.http.cookies.get(COOKIE) else []
        here = visit.http.path.removeprefix(PREFIX)
        if not here or visit.http.method != "GET":
            return redirect("sign-in", *gone)
        query = visit.http.query_string
        there = quote(here) + (f"?{query}" if query else "")
        return redirect(f"sign-in?next={quote(there, safe='')}", *gone)

    async def _refusal(self, visit: Visit, error: HTTPError, module: str = "") -> Answer:
        if not visit.wants_page:
            return _problem(error, visit.call.cid)
        values: dict[str, object] = {
            "title": HTTPStatus(error.status).phrase,
            "details": error.details.removesuffix("."),
            "cid": visit.call.cid,
            "module": module,
        }
        try:
            return await self.page(visit, "problem.html", error.status, **values)
        except Refused:  # Even the menu cannot be had: its module is disabled, or the database is away
            values.update(user=visit.user, proof="", menu=[], here="", act=None, act_number="")
            return Answer(self._templates.page("problem.html", values), status=error.status)


def as_json(value: object, status: int = 200) -> Answer:
    """An answer for a script."""
    return Answer(json.dumps(value, default=str).encode("utf-8"), "application/json", status)


def _problem(error: HTTPError, cid: str) -> Answer:
    return as_json({"problem": error.details, "cid": cid}, error.status)


def _shape(name: str) -> str:
    if name == "id":
        return "-?[0-9]{1,10}"
    return ".+" if name.endswith("*") else "[^/]+"


async def _nothing(site: Site, visit: Visit) -> Answer:
    raise NotFound("There is no such page")
