"""Web-admin's table of 10,000 WebSocket clients in a real browser, and what an open page costs the clients."""

import json
import os
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.measure import environment, table
from benchmarks.server_websocket import CROWD, crowd_command, servers
from tests.browser.pages import PASSWORD, Pages
from tests.services.browser import browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TALKERS = 100  # clients that invoke a service without a pause, beside those that are idle
TYPED = ("c123", "crowd", "127.0.0", "user c99", "nobody")  # With the keys that delete it again
_PRESSES = """() => {
  window.presses = [];
  const since = (event) => presses.push(performance.now() - event.timeStamp);
  const painted = (event) => requestAnimationFrame(() => setTimeout(since, 0, event));
  document.querySelector("#filter").addEventListener("keydown", painted, true);
}"""  # After the frame that follows what the key press has done
_FRAMES = """() => {
  window.frames_of_it = [];
  let before = 0;
  const frame = (now) => {
    if (before) frames_of_it.push(now - before);
    before = now;
    window.watched = requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""
_SIZES = """() => {
  const navigation = performance.getEntriesByType("navigation")[0];
  const own = performance.getEntriesByType("resource").filter((one) => /\\.(js|css)$/.test(one.name));
  return [navigation.loadEventEnd, own.reduce((sum, one) => sum + one.decodedBodySize, 0)];
}"""


@contextmanager
def crowded(clients: int) -> Iterator[tuple[str, int]]:
    """Address and process of a server that so many clients are connected to, who answer pings and do nothing else."""
    os.environ["APITEST_ADMIN_PASSWORD"] = PASSWORD
    try:
        with servers() as (addresses, directory):
            command = crowd_command(addresses["wsx"], clients)
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            with subprocess.Popen([*command, "0", "wsx"], env=environment(), **pipes) as crowd:
                assert crowd.stdout is not None and crowd.stdin is not None
                if not crowd.stdout.readline():
                    raise RuntimeError(f"{clients} clients could not be connected; see ulimit -n")
                yield addresses["wsx"], int(json.loads((directory / ".running").read_text())["pid"])
                crowd.stdin.close()
    finally:
        del os.environ["APITEST_ADMIN_PASSWORD"]


def measure(runs: int = 5, clients: int = CROWD) -> str:
    """Two tables: what a person feels, and what others do, as Markdown."""
    with crowded(clients) as (address, pid), browser() as chromium:
        context = chromium.new_context(viewport={"width": 1440, "height": 900})
        pages = Pages(context.new_page(), address)
        pages.sign_in()
        felt = [*_typed(pages, clients), *_scrolled(pages), *_coming(pages, address, runs * 2)]
        felt += _loaded(chromium, pages, address)
        cost = _cost(pages, pid)
        rates = _rates(pages, address, runs, clients)
        if pages.problems:
            raise RuntimeError(f"The browser complains: {pages.problems}")
        context.close()
    first = table([f"{clients:,} clients in the table", "median", "worst", "limit"], felt)
    second = table(["processor time of the server a second, nobody talks", "", "of a core"], cost)
    return (
        f"{first}\n\n{second}\n\n{table([f'round trips of {TALKERS} clients beside them', 'a second', 'ratio'], rates)}"
    )


def _opened(pages: Pages, clients: int) -> "Page":
    page = pages.open("connections")
    page.wait_for_function(
        "count => document.querySelector('#total').textContent.replace(/\\D/g, '') === String(count)", arg=clients
    )
    return page


def _typed(pages: Pages, clients: int) -> list[list[str]]:
    """Real key presses, until what they have changed is painted."""
    started = perf_counter()
    page = _opened(pages, clients)
    all_there = perf_counter() - started
    page.evaluate(_PRESSES)
    page.focus("#filter")
    for text in TYPED:
        page.keyboard.type(text)
        told = page.inner_text("#total")
        if text == TYPED[0] and not told.startswith("11 of"):  # c123, and c1230 to c1239
            raise RuntimeError(f"The filter `{text}` leaves {told}")
        for _ in text:
            page.keyboard.press("Backspace")
    count = sum(2 * len(text) for text in TYPED)
    page.wait_for_function("count => presses.length === count", arg=count)
    presses = page.evaluate("presses")
    return [
        ["all of them are in the page", f"{all_there * 1e3:.0f} ms", "", ""],
        [f"a key press in the filter is answered, {count} times", *_told(presses), "100 ms"],
    ]


def _told(found: list[float]) -> list[str]:
    return [f"{statistics.median(found):.1f} ms", f"{max(found):.1f} ms"]


def _scrolled(pages: Pages, seconds: float = 4.0) -> list[list[str]]:
    """Frames while the wheel is turned, and while it is not."""
    page, rows = pages.page, []
    page.hover("#clients")
    for name, step in (("at rest", 0), ("while scrolling", 300)):
        page.evaluate(_FRAMES)
        until = perf_counter() + seconds
        while perf_counter() < until:
            page.mouse.wheel(0, step)
        found = page.evaluate("() => { cancelAnimationFrame(watched); return frames_of_it; }")
        late = sum(frame > 34 for frame in found) / len(found)
        rows.append([f"a frame {name}, {len(found)} frames, {late:.1%} later than 34 ms", *_told(found), "16.7 ms"])
    if page.evaluate("document.querySelector('#clients').scrollTop") < 10_000:
        raise RuntimeError("The table was not scrolled")
    return rows


def _coming(pages: Pages, address: str, times: int) -> list[list[str]]:
    """From the end of a client's sign-in until its row is there, and from its Close until the row is not."""
    page = pages.page
    page.fill("#filter", "newcomer")
    came, went = [], []
    for number in range(times):
        name = f"newcomer-{number}"
        client = _newcomer(address, name)
        started = perf_counter()
        page.get_by_role("link", name=name).wait_for()
        came.append((perf_counter() - started) * 1e3)
        client.close()
        started = perf_counter()
        page.get_by_role("link", name=name).wait_for(state="detached")
        went.append((perf_counter() - started) * 1e3)
    page.fill("#filter", "")
    return [
        ["a client comes, until its row is there", *_told(came), ""],
        ["it goes, until it is not", *_told(went), ""],
    ]


def _newcomer(address: str, name: str) -> Any:  # A WebSocket of websocket-client, which has no types
    from websocket import create_connection

    client = create_connection(f"{address.replace('http', 'ws')}/ws")
    about = {"id": "1", "timestamp": "2026-01-31T12:30:00", "client_id": name, "client_name": "New"}
    meta = {"action": "create-session", "token": None, "username": "user", "secret": "secret", **about}
    client.send(json.dumps({"meta": meta, "data": {}}))
    client.recv()
    return client


def _loaded(chromium: "Browser", pages: Pages, address: str) -> list[list[str]]:
    """Each page once with nothing of it in the browser's cache, and the script and style that it takes."""
    one = pages.page.locator("#clients a").first.get_attribute("href") or ""
    paths = ["", "connections", one.partition("/admin/")[2], "services", "services/echo", "pubsub"]
    paths += ["objects/channel.web-socket", "objects/channel.web-socket/new", "objects/security.basic-auth"]
    state = pages.page.context.storage_state()
    took, sizes = [], []
    for path in paths:
        context = chromium.new_context(storage_state=state)
        page = Pages(context.new_page(), address).open(path)
        milliseconds, size = page.evaluate(_SIZES)
        took.append(milliseconds)
        sizes.append(size / 1000)
        context.close()
    kilobytes = [f"{statistics.median(sizes):.0f} kB", f"{max(sizes):.0f} kB", "100 kB"]
    return [
        [f"the first load of a page, {len(paths)} pages", *_told(took), "1000 ms"],
        ["its script and style", *kilobytes],
    ]


def _cost(pages: Pages, pid: int, seconds: float = 20.0) -> list[list[str]]:
    """What an open page takes while nothing happens: says the same however busy the machine is."""
    rows = []
    for state, path in (("closed", ""), ("open", "connections")):
        if path:
            pages.open(path).wait_for_selector("#clients a")
            pages.page.wait_for_timeout(5000)  # Until everybody is in the page
        else:
            pages.page.goto("about:blank")
        before = _processor_time(pid)
        pages.page.wait_for_timeout(seconds * 1000)
        taken = (_processor_time(pid) - before) / seconds
        rows.append([f"the page is {state}", f"{taken * 1e3:.1f} ms", f"{taken:.1%}"])
    return rows


def _processor_time(pid: int) -> float:
    """Seconds, of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _rates(pages: Pages, address: str, runs: int, clients: int, seconds: float = 3.0) -> list[list[str]]:
    """Answers a second with the page open and closed, in turn."""
    rates: dict[str, list[float]] = {"the page is closed": [], "the page is open": []}
    for number in range(runs + 1):
        for state, found in rates.items():
            if state.endswith("open"):
                _opened(pages, clients)
            else:
                pages.page.goto("about:blank")
            command = [*crowd_command(address, TALKERS), str(seconds if number else 1), "wsx"]
            said = subprocess.run(command, env=environment(), check=True, capture_output=True, text=True)
            if number:
                found.append(float(said.stdout.split()[1]))
    closed, opened = rates.values()
    ratios = [one / other for one, other in zip(opened, closed, strict=True)]
    spread = f"{statistics.median(ratios):.3f} (pairs: {min(ratios):.2f} to {max(ratios):.2f}; limit 0.95)"
    return [
        ["the page is closed", f"{statistics.median(closed):.0f}", "1.00"],
        ["the page is open", f"{statistics.median(opened):.0f}", spread],
    ]


if __name__ == "__main__":
    print(measure())
