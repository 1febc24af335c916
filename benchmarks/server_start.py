"""How soon: internal services from the start-up cache against from their sources, and a server's first answer."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from benchmarks.measure import environment, table
from benchmarks.server_rest import listening

MODULES = 120
SERVICES = 1000
_MODULE = """\
from apitest_server.errors import NotFound
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, Int, List

"""
_SERVICE = '''
class Service{number}(Service):
    """Does what number {number} of a thousand does."""

    name = "zato.generated-{module}.service-{number}"

    class SimpleIO:
        input_required = ("name", Int("number"))
        input_optional = (Bool("is_active"), List("words"))
        output_required = ("result",)

    def handle(self):
        given = self.request.input
        if given.number < 0:
            raise NotFound(f"No such thing: {{given.name}}")
        self.response.payload.result = [given.name, given.number, given.is_active, *(given.words or ())]
'''
_DEPLOY = """\
import json, sys, time
from pathlib import Path
from apitest_server.config import Config
from apitest_server.deploy.internal_services import InternalServices
from apitest_server.deploy.store import ServiceStore

directory, package, disabled = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
store = ServiceStore()
started = time.perf_counter()
InternalServices(Config(directory, deploy_internal=dict.fromkeys(disabled, False)), package).deploy(store)
seconds = time.perf_counter() - started
print(json.dumps([seconds, len(store.names()), sum(name.startswith(package + '.') for name in sys.modules)]))
"""


def generate(directory: Path) -> str:
    """Writes a package of a thousand services in 120 modules; returns its name."""
    package = directory / "generated"
    package.mkdir()
    (package / "__init__.py").touch()
    for module in range(MODULES):
        numbers = range(module, SERVICES, MODULES)
        text = "".join(_SERVICE.format(number=number, module=module) for number in numbers)
        (package / f"generated_{module}.py").write_text(_MODULE + text)
    return package.name


class Deployments:
    """Starts processes that deploy a package, each once."""

    def __init__(self, directory: Path, package: str) -> None:
        self.directory = directory
        self.package = package

    def seconds(self, runs: int, half: list[str]) -> tuple[list[float], list[int]]:
        """Median times and numbers of services: from sources, from cache, from cache with half of them disabled.

        The three take turns, so that whatever else the machine does slows all of them alike.

        Raises:
            RuntimeError: a module was imported where none should be.
        """
        found: list[list[float]] = [[], [], []]
        counts = [0, 0, 0]
        for number in range(runs + 1):
            self._once("half", half)
            shutil.rmtree(self.directory / "all" / ".cache", ignore_errors=True)
            for index, (name, disabled) in enumerate([("all", []), ("all", []), ("half", half)]):
                seconds, counts[index], imported = self._once(name, disabled)
                if index and imported:
                    raise RuntimeError(f"{imported} modules were imported at a warm start")
                if number:  # The first round writes byte code
                    found[index].append(seconds)
        return [statistics.median(times) for times in found], counts

    def _once(self, name: str, disabled: list[str]) -> tuple[float, int, int]:
        (self.directory / name).mkdir(exist_ok=True)  # For the server's key, which the cache is signed with
        command = [sys.executable, "-c", _DEPLOY, str(self.directory / name), self.package, json.dumps(disabled)]
        environ = environment({"PYTHONPATH": str(self.directory)})
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
        seconds, services, imported = json.loads(done.stdout)
        return seconds, services, imported


def first_answer(directory: Path) -> float:
    """Seconds from the start of a server's process to its first answered request."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "apitest_server", "start", str(directory), "--fg", "--port", "0"]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        with urlopen(f"{listening(process.stdout)}/zato/ping") as answer:
            answer.read()
        return time.perf_counter() - started
    finally:
        process.terminate()
        process.communicate()


def measure(runs: int = 7) -> str:
    """The figures, as a Markdown table."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        rows = []
        for what, package in [("own", "apitest_server.internal"), ("generated", generate(directory))]:
            deployments = Deployments(directory, package)
            modules = modules_of(directory, package)
            (cold, warm, half), (count, _, half_count) = deployments.seconds(runs, modules[::2])
            rows += [
                [f"{count} {what} services, from sources", f"{cold * 1000:.1f} ms", ""],
                [f"{count} {what} services, from cache", f"{warm * 1000:.1f} ms", f"{cold / warm:.0f}x faster (10x)"],
                [f"{half_count} of them, from cache", f"{half * 1000:.1f} ms", f"{cold / half:.0f}x faster (20x)"],
            ]
        server = directory / "server"
        subprocess.run([sys.executable, "-m", "apitest_server", "create", str(server)], check=True, capture_output=True)
        first_answer(server)
        seconds = statistics.median(first_answer(server) for _ in range(runs))
        rows.append(["process start to first answer, from cache", f"{seconds * 1000:.0f} ms", "limit: 700 ms"])
    return table(["start-up", "median", "against"], rows)


def modules_of(directory: Path, package: str) -> list[str]:
    """The names that [deploy_internal] has for a package's modules."""
    from apitest_server.config import internal_modules

    return list(internal_modules(directory / package) if (directory / package).is_dir() else internal_modules())


if __name__ == "__main__":
    print(measure())
