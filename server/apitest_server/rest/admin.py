"""The admin API, ``/zato/json/{service}``: any service by name for administrators, its response in an envelope.

    {"zato_env": {"result": "ZATO_OK", "cid": "…", "details": ""}, "zato_ping_response": {"pong": "zato"}}

A page of a list has a third element, ``_meta``, that says which page it is. Errors have ``ZATO_ERROR``, ``details``
and a fitting HTTP status. Who is no administrator gets 401 whatever the path is.
"""

import re
from base64 import b64encode
from time import perf_counter
from typing import Any

from apitest_server.errors import HTTPError, MethodNotAllowed, NoSuchService
from apitest_server.invoke.failures import json_headers, told
from apitest_server.invoke.invoker import Invoker, new_cid
from apitest_server.invoke.reply import encode
from apitest_server.rest.body import ClientGone, Receive, decode, decode_json, receive_body
from apitest_server.rest.channel import SERVER, USER, Authenticate, Scope, Send, log_access
from apitest_server.service.attrs import Payload
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Channel, Request, Response

PREFIX = "/zato/json/"
_READS = re.compile(r"(get|ping|list|is|has|exists|find|search|contains)\b")


class AdminAPI:
    """An ASGI application for the paths that begin with ``PREFIX``."""

    def __init__(self, invoker: Invoker, authenticate: Authenticate, key: str, body_limit: int) -> None:
        """Takes what it works with.

        Args:
            invoker: runs the services.
            authenticate: takes a key and the scope, returns the user or raises.
            key: what it knows administrators by.
            body_limit: in bytes.
        """
        self.invoker = invoker
        self.authenticate = authenticate
        self.key = key
        self.body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        started = perf_counter()
        cid = new_cid()
        name = scope["path"].removeprefix(PREFIX)
        service = "-"  # A stranger's idea of a name is nothing for the log
        status, headers = 200, {}
        try:
            user = scope[USER] = await self.authenticate(self.key, scope)
            service = name
            document = _success(name, await self._run(name, user, scope, receive, cid), cid)
            body = encode(document)
        except ClientGone:
            return
        except Exception as error:
            refused = told(error, service, cid)
            status, headers = refused.status, refused.headers
            body = encode({"zato_env": _env("ZATO_ERROR", cid, _details(refused))})
        fixed = json_headers(body, [SERVER, (b"x-zato-cid", cid.encode("ascii"))], headers)
        await send({"type": "http.response.start", "status": status, "headers": fixed})
        await send({"type": "http.response.body", "body": body})
        log_access(cid, scope, service, status, started)

    async def _run(self, name: str, user: str, scope: Scope, receive: Receive, cid: str) -> Response:
        _check_method(scope["method"], name)
        raw = await receive_body(scope, receive, self.body_limit)
        http = HTTPRequest(scope, raw, {}, user)
        # Clients of this API need not say that their JSON is JSON.
        form = http.content_type.startswith(("application/x-www-form", "multipart/"))
        payload = decode(http, "json") if form or not raw.strip() else decode_json(raw)
        return await self.invoker.run(name, Request(payload, raw, http), Channel("admin", "admin", user), cid)


def _check_method(method: str, name: str) -> None:
    """POST for everything; GET for what only reads, so that no link in a browser changes anything."""
    if method == "POST":
        return
    reads = _READS.match(name.rpartition(".")[2]) is not None
    if method != "GET" or not reads:
        raise MethodNotAllowed(("GET", "POST") if reads else ("POST",))


def _success(name: str, response: Response, cid: str) -> dict[str, Any]:
    document = {"zato_env": _env("ZATO_OK", cid, ""), _element(name): _plain(response.payload)}
    if response.meta is not None:
        document["_meta"] = response.meta
    return document


def _element(name: str) -> str:
    return f"{name.replace('.', '_').replace('-', '_')}_response"


def _env(result: str, cid: str, details: str) -> dict[str, str]:
    return {"result": result, "cid": cid, "details": details}


def _details(error: HTTPError) -> str:
    """An administrator may know which service there is none of, and why."""
    return str(error) if isinstance(error, NoSuchService) else error.details


def _plain(payload: Any) -> Any:
    """The payload as a JSON value; bytes that are no text are told in Base64."""
    if payload is None or payload == "":
        return {}
    if isinstance(payload, Payload):
        return payload.plain()
    if isinstance(payload, bytes | bytearray | memoryview):
        raw = bytes(payload)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return b64encode(raw).decode("ascii")
    return payload
