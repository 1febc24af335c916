"""The HTML report as people use it: opened from a file, without a server or a network."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from apitest.events import Attempt, Event, Exchange, Frame, RunStarted, ScenarioFinished, ScenarioStarted
from apitest.report.html import report
from apitest.report.target import Target
from tests.apitest.report import samples
from tests.apitest.web import WebServer
from tests.browser import shop
from tests.browser.test_every_page import LOOKS
from tests.browser.waiting import until
from tests.house.tree import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.live]

EVIL = "</script><img src=x onerror=\"document.title='evil'\">\u202eevil\x07"
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
SQL = Exchange(
    "SQL", "SELECT name FROM customers", (("Connection", "sqlite:///"),), "17", "1 row", (), "name\nMario", 0.1
)
FRAMES = (Frame("sent", "text", '{"subscribe":"orders"}', 0.001), Frame("received", "text", "paid", 0.03))


def rich(address: str = "http://127.0.0.1:1") -> list[Event]:
    """A run of two workers that has something of everything."""
    sent = samples.EXCHANGE._replace(request=f"POST {address}/echo", request_body='{"name": "it\'s Ł"}')
    asked = samples.step("When", "the URL is invoked", 6, seconds=0.2)._replace(exchanges=(sent,))
    waited = samples.step("Then", 'within "5" seconds status is "200"', 7, seconds=0.5)._replace(
        attempts=(Attempt(0.0, 0.1, "status is 202"), Attempt(0.3, 0.1, "")), exchanges=(SQL,)
    )
    talked = samples.step("And", "a message comes", 8)._replace(
        exchanges=(Exchange("WebSocket", "feed", frames=FRAMES),)
    )
    failed = samples.step("Then", "JSON is", 9, "failed", 0.1, samples.DOCUMENTS, '{"a": [1, true]}')
    uri = samples.URI

    def tried(line: int, name: str, worker: int, attempt: int, status: str, *steps: Any) -> Iterator[Event]:
        yield ScenarioStarted(
            uri, line, name, ("slow",) if line > 20 else (), 1000.0 + attempt + line / 100, worker, attempt
        )
        yield from steps
        yield ScenarioFinished(uri, line, name, status, 0.8, None)

    _, *rest = samples.run(
        samples.feature(
            tried(4, "Everything passes", 1, 1, "passed", asked, waited, talked),
            tried(14, "Documents differ", 2, 1, "failed", asked, failed),
            tried(24, "Now and then", 2, 1, "failed", failed),
            tried(24, "Now and then", 1, 2, "passed", asked),
            tried(34, EVIL, 1, 1, "passed", samples.step("Given", EVIL, 35, text=EVIL, table=((EVIL,), (EVIL,)))),
            name=EVIL,
        ),
        samples.feature(
            samples.scenario(4, "Another file", [], "skipped", uri="features/b.feature"), uri="features/b.feature"
        ),
        status=1,
        passed=3,
        failed=1,
    )
    return [RunStarted("/home/me/shop", False, 2, 42, "staging", 1000.0), *rest]


class Report:
    """A report that is open in a window; what goes wrong in it is kept."""

    def __init__(self, page: Any, file: Path) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda message: self.problems.append(message.text) if message.type == "error" else None)
        page.on(
            "request", lambda one: None if one.url.startswith(("file:", "data:")) else self.problems.append(one.url)
        )
        self.open(file)

    def open(self, file: Path) -> None:
        """Opens a file, and waits until it was read."""
        self.page.goto(file.as_uri())
        self.page.wait_for_selector("html[data-ready]")

    @property
    def rows(self) -> list[str]:
        """The names of the scenarios in the list."""
        return [str(name) for name in self.page.locator(".row .name").all_text_contents()]

    @property
    def title(self) -> str:
        """The heading of what is shown."""
        return str(self.page.locator("h1").inner_text())


def written(told: list[Event], path: Path) -> Path:
    """The report of a run."""
    with report.opened(Target(path)) as listen:
        for event in told:
            listen(event)
    return path


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A web server that the requests of the report went to."""
    server = WebServer()
    yield server
    server.close()


@pytest.fixture
def shown(chromium: Any, tmp_path: Path, web: WebServer) -> Iterator[Report]:
    """The report of a rich run; nothing may go wrong in it."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    made = Report(context.new_page(), written(rich(web.address), tmp_path / "report.html"))
    yield made
    context.close()
    assert made.problems == []


@pytest.mark.parametrize("look", LOOKS)
def test_it_can_be_read_by_everybody(chromium: Any, tmp_path: Path, shots: Path, look: str) -> None:
    """Overview, scenarios and keys have no violation of WCAG 2.1 AA, and nothing is wider than the window."""
    context = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, **LOOKS[look]})
    made = Report(context.new_page(), written(rich(), tmp_path / "report.html"))
    found: dict[str, Any] = {}
    for name, key in {"overview": "", "scenario": "n", "flaky": "j", "evil": "j", "all": "kkk", "keys": "?"}.items():
        for one in key:
            made.page.keyboard.press(one)
        if name == "all":
            made.page.keyboard.press("e")
        made.page.wait_for_selector("html[data-ready]")
        violations = Axe().run(made.page, options=_RULES).response["violations"]
        found |= {f"{name}: {one['id']}": [node["html"] for node in one["nodes"]] for one in violations}
        made.page.screenshot(path=shots / f"report-{name}-{look}.png")
        assert made.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"
    context.close()
    assert found == {}
    assert made.problems == []


def test_the_overview_tells_how_it_went(shown: Report) -> None:
    """Verdict, numbers, facts and failures are there; a scenario that passed at the second try is flaky."""
    assert shown.page.locator("#verdict").inner_text() == "1 failed"
    assert shown.page.locator(".legend li").all_inner_texts() == ["1\nfailed", "1\nflaky", "2\npassed", "1\nnot run"]
    facts = shown.page.locator(".facts").inner_text()
    assert all(word in facts for word in ("shop", "staging", "42"))
    assert "Documents differ" in shown.page.locator("#failures").inner_text()
    assert shown.page.locator("canvas").count() == 1


def test_search_and_filters(shown: Report) -> None:
    """What is typed is searched for in names, files, tags and failures; status and tag narrow the list down."""
    assert shown.rows[:3] == ["Everything passes", "Documents differ", "Now and then"]
    shown.page.keyboard.press("/")
    shown.page.keyboard.type("another document")
    assert shown.rows == ["Documents differ"]
    shown.page.keyboard.press("Escape")
    shown.page.locator(".chip", has_text="flaky").click()
    assert shown.rows == ["Now and then"]
    shown.page.locator(".chip", has_text="all").click()
    shown.page.locator("#tag").select_option("slow")
    assert shown.rows[0] == "Now and then" and len(shown.rows) == 2
    assert shown.page.locator("#found").inner_text() == "2 of 5 scenarios"


def test_keys(shown: Report) -> None:
    """They go through the scenarios and the failures, to the steps and back; ? tells them all."""
    page = shown.page
    page.keyboard.press("j")
    page.wait_for_selector(".steps")
    assert shown.title == "Everything passes"
    page.keyboard.press("n")
    until(page, "document.querySelector('h1').textContent === 'Documents differ'")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "title"
    page.keyboard.press("k")
    until(page, "document.querySelector('h1').textContent === 'Everything passes'")
    page.keyboard.press("?")
    page.locator("dialog").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="hidden")
    page.keyboard.press("Escape")
    page.wait_for_selector(".donut")


def test_a_step_shows_what_was_exchanged(shown: Report) -> None:
    """HTTP with its bodies indented, a statement with its rows, frames, and the attempts of a step that waited."""
    shown.page.keyboard.press("j")
    shown.page.wait_for_selector(".steps")
    shown.page.keyboard.press("e")
    text = shown.page.locator(".steps").inner_text()
    assert '"customer": {\n    "name": "Mario",' in text
    assert "SELECT name FROM customers" in text
    assert "↓ received" in text
    shown.page.locator("summary", has_text="2 attempts").click()
    assert "status is 202" in shown.page.locator(".steps").inner_text()


def test_the_difference_is_coloured(shown: Report) -> None:
    """A failed step is open: what is missing is marked one way, what came instead another."""
    shown.page.keyboard.press("n")
    shown.page.wait_for_selector(".diff")
    assert shown.page.locator(".diff .minus").all_inner_texts() == ['-  "name": "Maria"']
    assert shown.page.locator(".diff .plus").all_inner_texts() == ['+  "name": "Mario"']


def test_tries_of_a_scenario(shown: Report) -> None:
    """A flaky scenario shows its last try, and the failed one at a click."""
    shown.page.locator(".row", has_text="Now and then").click()
    shown.page.wait_for_selector(".tries")
    assert shown.page.locator(".try").all_inner_texts() == ["✗\nTry 1: failed, 800 ms", "✓\nTry 2: passed, 800 ms"]
    assert shown.page.locator(".diff").count() == 0
    shown.page.locator(".try").first.click()
    shown.page.wait_for_selector(".diff")


def test_the_command_that_is_copied_sends_the_request_again(shown: Report, web: WebServer) -> None:
    """It runs in a shell as it is, and sends the same method, path, header and body."""
    shown.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown.page.keyboard.press("j")
    shown.page.wait_for_selector(".steps")
    shown.page.locator("button.step-head").first.click()
    shown.page.locator("button", has_text="Copy as curl").first.click()
    shown.page.wait_for_selector(".small.done")
    command = shown.page.evaluate("navigator.clipboard.readText()")
    assert command.startswith("# Secrets are masked: put them where *** stands\ncurl -i -X POST ")
    ran = subprocess.run(
        ["bash", "-c", command.replace("-i ", "-sS ")], check=False, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    echoed = json.loads(ran.stdout)
    assert (echoed["method"], echoed["path"]) == ("POST", "/echo")
    assert json.loads(echoed["body"].encode("latin-1")) == {"name": "it's Ł"}


def test_nothing_that_was_told_is_executed(shown: Report) -> None:
    """Markup is shown as text, and what turns the direction of text is spelt out."""
    shown.page.locator(".row", has_text="onerror").click()
    shown.page.wait_for_selector(".steps")
    assert shown.page.title() != "evil"
    assert shown.title == EVIL.replace("\u202e", "\\u202e").replace("\x07", "\\x07")
    assert shown.page.locator("img").count() == 0


def test_light_and_dark(shown: Report) -> None:
    """The switch turns the page's colours round."""
    back = "getComputedStyle(document.body).backgroundColor"
    before = shown.page.evaluate(back)
    shown.page.keyboard.press("t")
    assert shown.page.evaluate(back) != before
    shown.page.locator("#theme").click()
    assert shown.page.evaluate(back) == before


def test_on_paper(shown: Report, shots: Path) -> None:
    """The list is left out, and the steps of the failures follow the overview."""
    shown.page.wait_for_selector(".on-paper", state="attached")
    shown.page.emulate_media(media="print")
    assert shown.page.locator(".list").is_hidden()
    assert shown.page.locator(".on-paper .diff").is_visible()
    shown.page.screenshot(path=shots / "report-print.png", full_page=True)


def test_a_report_that_ends_in_the_middle(chromium: Any, tmp_path: Path) -> None:
    """What can be read is shown, with a word that it is not all."""
    path = written(rich(), tmp_path / "report.html")
    whole = path.read_text("utf-8")
    path.write_text(whole[: whole.index('<script type="text/plain" class="end">') - 60], "utf-8")
    context = chromium.new_context()
    made = Report(context.new_page(), path)
    assert "The run did not end" in made.page.locator("main").inner_text()
    context.close()
    assert made.problems == []


def test_many_scenarios(chromium: Any, tmp_path: Path) -> None:
    """Of 20,000 scenarios only those that can be seen are elements; the last one is found and shown."""
    told: list[Event] = [RunStarted("/p", False)]
    for number in range(20_000):
        told += samples.scenario(number + 1, f"Number {number}", [])
    context = chromium.new_context()
    made = Report(context.new_page(), written(told, tmp_path / "report.html"))
    assert 0 < made.page.locator(".row").count() < 100
    made.page.fill("#search", "number :20000")
    assert made.rows == ["Number 19999"]
    made.page.keyboard.press("Enter")
    until(made.page, "document.querySelector('h1').textContent === 'Number 19999'")
    context.close()
    assert made.problems == []


def test_the_picture_of_the_manual(chromium: Any, tmp_path: Path, shots: Path) -> None:
    """It shows the overview; .cache/screenshots has it as it looks now, to be copied when that has changed."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", color_scheme="light")
    made = Report(context.new_page(), written([*shop.run()], tmp_path / "report.html"))
    until(made.page, "document.querySelector('canvas').width > 300")
    now = shots / "report-manual.png"
    made.page.screenshot(path=now)
    context.close()
    shown = ROOT / "docs" / "images" / "report.png"
    assert _size(shown) == _size(now)
    assert shown.stat().st_size < 150_000


def _size(picture: Path) -> tuple[int, int]:
    """The width and height of a PNG file."""
    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])
