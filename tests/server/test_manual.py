"""The services that the manual's pages show run as it says; it names all settings and options."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import click

from apitest_server.cli import server
from apitest_server.config import Config
from apitest_server.config.model import RestChannel, SecurityDefinition, WebSocketChannel
from tests.apitest.web import WebServer
from tests.server.asgi import served

PAGES = Path(__file__).parents[2] / "docs" / "server"
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def source(page: str) -> str:
    """All services of a page as one file."""
    return "\n".join(_PYTHON.findall((PAGES / page).read_text("utf-8")))


def test_services_call_each_other_and_say_what_is_wrong(tmp_path: Path) -> None:
    """What each of them raises is what its caller is answered."""
    with served(tmp_path, shop=source("services.md")) as client:
        assert client.result("shop.basket") == {"article": "tea", "again": "tea", "several": [True, False]}
        assert client.result("shop.order", {"number": "1"})["article"] == "tea"
        assert client.refused("shop.order", {}) == (400, "The number of the order is missing")
        assert client.refused("shop.order", {"number": "2"}) == (404, "There is no order 2")


def test_a_cache_knows_what_was_written(tmp_path: Path) -> None:
    """The second call finds it."""
    with served(tmp_path, shop=source("cache.md")) as client:
        for _ in range(2):
            assert client.result("shop.price") == {"price": 5, "known": ["price:tea"]}


def test_connections_are_used(tmp_path: Path) -> None:
    """REST against a web server, SQL against a file."""
    web = WebServer()
    with served(tmp_path, shop=source("connections.md")) as client:
        about = {"name": "CRM", "connection": "outgoing", "transport": "plain_http", "url_path": "/echo/{id}"}
        client.result("zato.http-soap.create", {**about, "host": web.address})
        assert client.result("shop.customer")["status"] == 200
        client.result("zato.outgoing.sql.create", {"name": "Shop", "engine": "sqlite", "db_name": "shop.sqlite"})
        assert client.result("shop.orders") == [{"id": 1, "article": "tea"}]
    web.close()
    assert web.requests[0][1] == "/echo/7?fields=name"


def test_a_job_calls_a_service(tmp_path: Path) -> None:
    """With the fields that the page shows."""
    job = {"name": "clean up", "job_type": "interval_based", "service": "zato.ping", "minutes": 10}
    with served(tmp_path) as client:
        number = client.result("zato.scheduler.job.create", job)["id"]
        client.result("zato.scheduler.job.execute", {"id": number})
        assert [row["name"] for row in client.result("zato.scheduler.job.get-status-list")] == ["clean up"]
        client.result("zato.scheduler.job.pause", {"id": number})
        assert client.result("zato.scheduler.job.get-by-id", {"id": number})["is_active"] is False


def manual() -> str:
    """All pages that are about the server."""
    pages = [*PAGES.glob("*.md"), *(PAGES.parent / f"{name}.md" for name in ("server", "websockets", "cluster"))]
    return "\n".join(page.read_text("utf-8") for page in pages)


def test_each_setting_is_named() -> None:
    """Those of all sections of server.conf."""
    text = manual()
    sections = [getattr(Config(PAGES), one.name) for one in fields(Config)]
    kinds = [*filter(is_dataclass, sections), SecurityDefinition, RestChannel, WebSocketChannel]
    keys = {each.name for kind in kinds for each in fields(kind) if "kind" in each.metadata}
    assert {"port", "body_values", "smtp_conn", "client_authorities", "audience", "has_rbac", "origins"} <= keys
    assert [key for key in sorted(keys) if not re.search(rf"`{key}\b|^ *{key} = ", text, re.MULTILINE)] == []


def test_each_option_of_the_command_is_named() -> None:
    """Those that are not hidden."""
    options = {
        option
        for command in server.commands.values()
        for each in command.params
        if isinstance(each, click.Option) and not each.hidden
        for option in each.opts
    }
    assert "--join" in options
    assert [option for option in sorted(options) if option not in manual()] == []
