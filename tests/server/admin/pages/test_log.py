"""Tests of apitest_server.admin.pages.log."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.config import Logging
from apitest_server.logs.log import LOG
from apitest_server.process.log import set_up
from tests.server.admin.visitor import Visitor, visiting, words

BROKEN = """
from zato.server.service import Service


class Broken(Service):
    name = "shop.broken"

    def handle(self):
        self.logger.info("Asking with password=hush <b>")
        raise ValueError("It is broken")
"""


@pytest.fixture
def visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    """A visitor of a server that writes its log to a file."""
    root = logging.getLogger()
    level, before = root.level, (logging._srcfile, logging.logThreads)
    handler = set_up(tmp_path, Logging(file="server.log"), "")
    try:
        with visiting(tmp_path, monkeypatch, shop=BROKEN) as found:
            found.client.app.components[LOG].goes_to(tmp_path / "server.log", 1, handler.flush)
            yield found
    finally:
        root.removeHandler(handler)
        handler.close()
        root.setLevel(level)
        logging._srcfile, logging.logThreads = before
        logging.logProcesses = logging.logMultiprocessing = True


def failed(visitor: Visitor) -> str:
    """Invokes what fails; the correlation ID."""
    visitor.get("services/shop.broken")
    answer = visitor.post("services/shop.broken/invoke", request="{}")
    assert answer.status == 500
    return link_to_log(answer.text)


def link_to_log(page: str) -> str:
    """The correlation ID that a page links."""
    found = re.search(r'href="/zato/admin/log\?cid=([0-9a-f]{24})"', page)
    assert found
    return found[1]


def test_what_the_log_says_of_a_failed_act(visitor: Visitor) -> None:
    """What the service has logged, its traceback, and the request itself; secrets are masked, and HTML stays text."""
    page = visitor.get(f"log?cid={failed(visitor)}")
    text = words(page)
    for part in ("Asking with", "Traceback", "ValueError: It is broken", "path=/zato/admin/services/shop.broken"):
        assert part in text
    assert "hush" not in page.text
    assert "<b>" not in page.text


def test_the_last_errors(visitor: Visitor) -> None:
    """Each leads to what else the log says of its call."""
    cid = failed(visitor)
    page = visitor.get("log")
    assert "The last errors" in words(page)
    assert f"log?cid={cid}" in page.text
    assert "Asking with" not in page.text


def test_what_was_done_leads_to_the_log(visitor: Visitor) -> None:
    """So does the answer of an invocation."""
    visitor.get("objects/cache.builtin/new")
    cid = link_to_log(visitor.post("objects/cache.builtin/new", name="of the log").text)
    assert "path=/zato/admin/objects/cache.builtin/new" in words(visitor.get(f"log?cid={cid}"))
    cid = visitor.post("services/zato.ping/invoke", request="{}").json()["cid"]
    assert "services/zato.ping/invoke" in words(visitor.get(f"log?cid={cid}"))


def test_a_call_that_the_log_does_not_know(visitor: Visitor) -> None:
    """Nothing is shown."""
    assert "The log says nothing of it" in words(visitor.get(f"log?cid={'0' * 24}"))


def test_what_is_not_a_correlation_id(visitor: Visitor) -> None:
    """Is told, and what was typed stays text."""
    page = visitor.get("log?cid=%3Cb%3E")
    assert (page.status, "<b>" in page.text) == (400, False)
    assert "That is not a correlation ID" in words(page)


def test_without_its_module_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the line of server.conf that enables it."""
    with visiting(tmp_path, monkeypatch, "[deploy_internal]\nlog = False\n") as visitor:
        for path in ("log", f"log?cid={'0' * 24}"):
            answer = visitor.get(path)
            assert (answer.status, "module log is set to False" in words(answer)) == (404, True)


def test_a_log_that_is_not_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said how it becomes one."""
    with visiting(tmp_path, monkeypatch) as visitor:
        page = words(visitor.get("log"))
        assert "“file” in [logging]" in page
        assert "Nothing was found in what could be read" in page
