"""`python -m benchmarks [NAME…] [--runs N] [--seconds N] [--write]`: measures, prints Markdown, writes README.md."""

import argparse
import os
import re
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType

from apitest.commands import demo
from apitest.commands.companion import CompanionServer
from benchmarks.measure import machine

ROOT = Path(__file__).resolve().parents[1]
README = Path(__file__).with_name("README.md")
CACHE = ROOT / ".cache" / "benchmarks"


def with_server(measure: Callable[[str], str]) -> str:
    """A measurement against the companion server with the demo's services, at an address of its own."""
    with tempfile.TemporaryDirectory() as name, CompanionServer(demo.copy(Path(name) / "server")) as server:
        return measure(server.address)


def _of(name: str) -> ModuleType:
    """A module, loaded when its turn comes: a process counts the memory of the one that starts it as its own."""
    return import_module(f"benchmarks.{name}")


def measurements(runs: int, seconds: float, kills: int) -> dict[str, Callable[[], str]]:
    """Every measurement by its name, which is also its section in the README."""
    return {
        "runner-speed": lambda: with_server(lambda address: _of("runner_speed").measure(address, CACHE, runs)),
        "runner-parallel": lambda: with_server(lambda address: _of("runner_parallel").measure(address, runs)),
        "runner-start": lambda: with_server(lambda address: _of("runner_start").measure(address, runs)),
        "runner-memory": lambda: with_server(lambda address: _of("runner_memory").measure(address)),
        "runner-reports": lambda: with_server(lambda address: _of("runner_reports").measure(address)),
        "server-start": lambda: _of("server_start").measure(runs),
        "server-rest": lambda: _of("server_rest").measure(CACHE, runs),
        "server-websocket": lambda: _of("server_websocket").round_trips(runs),
        "server-websocket-idle": lambda: _of("server_websocket").idle(),
        "admin-connections": lambda: _of("admin_connections").measure(runs),
        "server-cluster": lambda: _of("server_cluster").measure(runs),
        "server-outgoing": lambda: _of("server_outgoing").measure(runs),
        "server-hot-deploy": lambda: _of("server_hot_deploy").measure(),
        "server-fuzz": lambda: _of("server_fuzz").measure(seconds),
        "database-speed": lambda: _of("database_speed").statements(runs),
        "csv-speed": lambda: _of("database_speed").csv(runs),
        "pubsub-publish": lambda: _of("pubsub_publish").measure(runs),
        "pubsub-servers": lambda: _of("pubsub_servers").measure(runs),
        "pubsub-kill": lambda: _of("pubsub_kill").measure(kills),
        "pubsub-wsx": lambda: _of("pubsub_wsx").measure(),
        "pubsub-soak": lambda: _of("pubsub_soak").measure(seconds),
    }


def write(name: str, text: str) -> None:
    """Puts a table into its place in the README, between its markers."""
    readme = README.read_text("utf-8")
    stamp = f"Measured on {datetime.now(UTC):%Y-%m-%d}: {machine()}."
    block = f"<!-- {name} -->\n{text}\n\n{stamp}\n<!-- end -->"
    pattern = re.compile(rf"<!-- {name} -->.*?<!-- end -->", re.DOTALL)
    if not pattern.search(readme):
        raise SystemExit(f"{README} has no place for {name}")
    README.write_text(pattern.sub(lambda _: block, readme), "utf-8")


def main() -> None:
    """Runs the measurements that the command line names, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long server-fuzz and pubsub-soak take")
    parser.add_argument("--kills", type=int, default=1000, help="how often pubsub-kill kills the server")
    parser.add_argument("--write", action="store_true", help="put the figures into benchmarks/README.md")
    wishes = parser.parse_args()
    # Byte code is written in the warm-up and used afterwards, as on a machine that does not forbid it.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    known = measurements(wishes.runs, wishes.seconds, wishes.kills)
    unknown = set(wishes.names) - set(known)
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    print(machine())
    for name in wishes.names or known:
        text = known[name]()
        print(f"\n## {name}\n\n{text}", flush=True)
        if wishes.write:
            write(name, text)


if __name__ == "__main__":
    main()
