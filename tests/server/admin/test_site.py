"""Tests of apitest_server.admin.site."""

import ast
import logging
from pathlib import Path

import pytest

from apitest_server.admin.answers import Answer
from apitest_server.admin.routes import ROUTES
from apitest_server.admin.site import OPEN, Site
from apitest_server.admin.visit import Visit
from apitest_server.service.asgi import Receive, Scope, Send
from tests.house.tree import ROOT, syntax
from tests.server.admin.visitor import PREFIX, Visitor, visiting, words
from tests.server.asgi import served

GIVEN = {"kind": "security.jwt", "id": 1, "number": "1", "verb": "ping", "connection": "ws.1", "name": "x", "cid": "x"}
GIVEN |= {"sub_key": "zpsk.rest.x", "msg_id": "zpsmx", "user_id": "zusrx"}


def test_strangers_see_the_form_and_nothing_else(tmp_path: Path) -> None:
    """Every page leads to it, scripts are told so, and no form does anything."""
    with served(tmp_path) as client:
        for route in ROUTES:
            path = PREFIX + route.path.format(**GIVEN)
            page = client.request(route.method, path, {"Accept": "text/html"})
            script = client.request(route.method, path)
            if route.path in OPEN:
                assert page.status in (200, 401), path
            else:
                there = page.headers["location"].removeprefix(PREFIX)
                assert (page.status, there.partition("?")[0]) == (303, "sign-in"), path
                is_looked_at = route.method == "GET" and route.path
                assert (there != "sign-in") == bool(is_looked_at), path
                assert (script.status, script.json()["problem"]) == (401, "Sign in again: the session has ended"), path


def test_nothing_is_done_without_the_proof_of_the_session(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each act, whether a form or a script asks; what is asked for is not looked at."""
    acts = [route for route in ROUTES if route.method == "POST" and route.path not in OPEN]
    assert len(acts) > 10
    done: list[str] = []

    async def handler(site: Site, visit: Visit) -> Answer:
        done.append(visit.http.path)
        return Answer()

    site = visitor.client.app.web_admin
    found = [(method, pattern, route._replace(handler=handler)) for method, pattern, route in site._routes]
    monkeypatch.setattr(site, "_routes", found)
    good = visitor.proof
    for route in acts:
        path = route.path.format(**GIVEN)
        for proof in ("", "0" * 64, good[:-1], good.upper() + "x"):
            visitor.proof = proof
            assert visitor.post(path).status == 403, path
        assert done == []
        visitor.proof = good
        assert visitor.post(path).status == 200, path
        assert done.pop() == PREFIX + path


def test_pages_do_everything_by_calling_services() -> None:
    """Nothing in admin/ knows the ODB, a room, or what keeps services: only how a service is called by its name."""
    allowed = ("admin", "about", "errors", "invoke", "redaction", "service")  # None of them is a room with a state
    for file in sorted((ROOT / "server/apitest_server/admin").rglob("*.py")):
        for node in ast.walk(syntax(file)):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert name and not name.startswith("sqlalchemy"), file
                if name.partition(".")[0] == "apitest_server":
                    assert name.split(".")[1] in allowed, f"{file} imports {name}"


def test_a_page_that_does_not_exist(visitor: Visitor) -> None:
    """Says so, with the menu around it."""
    answer = visitor.get("nothing/here")
    assert answer.status == 404
    assert "There is no such page. " in words(answer)
    assert "Administrators" in words(answer)


def test_a_method_that_a_page_does_not_have(visitor: Visitor) -> None:
    """Is refused."""
    assert visitor.post("live").status == 405


def test_a_form_of_another_session_does_nothing(visitor: Visitor) -> None:
    """It says what to do."""
    visitor.proof = "0" * 64
    answer = visitor.post("objects/security.administrator/new", name="second", is_active="true")
    assert answer.status == 403
    assert "Load the page again" in words(answer)
    assert "second" not in words(visitor.get("objects/security.administrator"))


def test_pages_of_other_sites_are_refused(visitor: Visitor) -> None:
    """Whatever they send along."""
    answer = visitor.get("", **{"Sec-Fetch-Site": "cross-site"})
    assert (answer.status, "Requests of other sites are refused" in words(answer)) == (403, True)


def test_an_old_session_is_taken_away(visitor: Visitor) -> None:
    """The form is shown again."""
    visitor.cookies["apitest-session"] = "YQ==.99999999999.x.y"
    assert "Sign in to apitest" in words(visitor.get(""))
    assert visitor.cookies["apitest-session"] == ""


def test_files_are_for_everybody(tmp_path: Path) -> None:
    """Those that there are."""
    with served(tmp_path) as client:
        page = client.request("GET", PREFIX + "sign-in", {"Accept": "text/html"}).text
        style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert client.get(style).headers["content-type"] == "text/css; charset=utf-8"
        assert client.get(PREFIX + "static/x/nothing.js").status == 404


def test_a_module_that_is_disabled_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the line of server.conf that enables it; the other pages go on."""
    conf = "[deploy_internal]\nsecurity_jwt = False\n"
    with visiting(tmp_path, monkeypatch, conf) as visitor:
        answer = visitor.get("objects/security.jwt")
        assert answer.status != 200
        assert "security_jwt" in words(answer)
        assert "[deploy_internal]" in words(answer)
        assert visitor.get("objects/security.basic-auth").status == 200


def test_without_the_module_of_kinds_other_pages_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their menu has no kinds; a page of objects says which line enables it."""
    with visiting(tmp_path, monkeypatch, "[deploy_internal]\nkind = False\n") as visitor:
        assert "Outgoing connections" not in words(visitor.get(""))
        for path in ("", "services", "connections", "pubsub", "log"):
            assert visitor.get(path).status == 200
        answer = visitor.get("objects/security.jwt")
        assert (answer.status, "[deploy_internal] kind = True" in words(answer)) == (404, True)


def test_an_error_of_ours_is_not_shown(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is in the log, under the correlation ID that the page shows."""
    monkeypatch.setattr(visitor.client.app.web_admin, "page", None)
    with caplog.at_level(logging.ERROR):
        answer = visitor.client.request(
            "GET", PREFIX, {"Cookie": f"apitest-session={visitor.cookies['apitest-session']}"}
        )
    assert (answer.status, answer.json()["problem"]) == (500, "Internal server error")
    assert answer.json()["cid"] in caplog.text


def test_every_request_is_in_the_access_log(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    """With its user."""
    with caplog.at_level(logging.INFO, "apitest.access"):
        visitor.get("")
    assert "path=/zato/admin/ service=web-admin status=200" in caplog.text
    assert "user=admin" in caplog.text


def test_over_tls_browsers_are_told_to_stay_there(tmp_path: Path) -> None:
    """By a name that is the server's, and never over plain HTTP."""
    with served(tmp_path, "[main]\nhost_names = api.example.com\n") as client:
        app = client.app

        async def encrypted(scope: Scope, receive: Receive, send: Send) -> None:
            scope["scheme"] = "https"
            await app(scope, receive, send)

        name = "strict-transport-security"
        assert name not in client.get(f"{PREFIX}sign-in", Host="api.example.com").headers
        client.app = encrypted  # type: ignore[assignment]  # called as one is
        for host in ("api.example.com", "API.example.com:8443"):
            assert client.get(f"{PREFIX}sign-in", Host=host).headers[name] == "max-age=31536000"
        assert name not in client.get(f"{PREFIX}sign-in", Host="localhost").headers
        client.app = app
