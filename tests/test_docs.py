"""README.md and the manual tell nothing but the truth: their features are valid, their commands and services run."""

import base64
import os
import re
import shlex
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from behave.model import Feature
from behave.parser import parse_feature

from apitest.commands.companion import CompanionServer
from apitest.commands.init import create
from apitest.language.registry import load
from apitest.steps import MODULES

ROOT = Path(__file__).parents[1]
GENERATED = {"steps.md"}
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "ARCHITECTURE.md",
    *sorted(p for p in (ROOT / "docs").rglob("*.md") if p.name not in GENERATED),
]
USUAL = "http://127.0.0.1:17010"
_FENCE = re.compile(r"^```(\w+)?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
_PLACE = re.compile(r"\]\(([^)#\s]*\.md)?#([^)]+)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_OWN = re.compile(r"^@(?:given|when|then)\('(.*)'\)$", re.MULTILINE)
_TIME = re.compile(r"<?\d+ ms")

of_each = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


class Block(NamedTuple):
    """A fenced block: its language, what stands behind that, and its text."""

    language: str
    info: str
    text: str


def blocks(document: Path, language: str = "") -> list[Block]:
    """The fenced blocks of a document, or those in one language."""
    found = [Block(*match.groups(default="")) for match in _FENCE.finditer(document.read_text("utf-8"))]
    return [block for block in found if not language or block.language == language]


def option(block: Block, name: str, default: str = "") -> str:
    """An option behind a block's language, like "status=1"."""
    given = dict(part.partition("=")[::2] for part in block.info.split())
    return given.get(name, default)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A new companion server, as the documents make it, on a free port."""
    directory = tmp_path_factory.mktemp("documents") / "my-server"
    apitest(directory.parent, ["server", "create", "my-server"])
    with CompanionServer(directory) as server:
        yield server.address


def apitest(directory: Path, arguments: list[str]) -> tuple[int, str]:
    """Runs the command; its exit status and what it printed."""
    environ = os.environ | {"COLUMNS": "120", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "apitest", *arguments],
        check=False,
        cwd=directory,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
    )
    return done.returncode, done.stdout


@of_each
def test_links_lead_somewhere(document: Path) -> None:
    """Each relative link names a file that is there."""
    for target in _LINK.findall(document.read_text("utf-8")):
        assert target.startswith("https://") or (document.parent / target).exists(), target


def places(document: Path) -> set[str]:
    """What links into a document may name: its headings, as they are written in addresses."""
    headings = _HEADING.findall(_FENCE.sub("", document.read_text("utf-8")))
    shown = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings]
    return {re.sub(r"[^\w -]", "", heading).replace(" ", "-") for heading in shown}


@of_each
def test_links_lead_to_headings(document: Path) -> None:
    """What stands behind the # of a link is a heading of the page that it leads to."""
    for page, place in _PLACE.findall(_FENCE.sub("", document.read_text("utf-8"))):
        if not page.startswith("https://"):
            assert place in places(document.parent / page if page else document), f"{page}#{place}"


@of_each
def test_features_are_valid(document: Path) -> None:
    """Each feature can be parsed, and each of its steps is a built-in sentence or one of the document's own."""
    registry = load(MODULES)
    own = [
        re.compile(re.sub(r"\\{\w+\\}", ".*", re.escape(sentence)))
        for block in blocks(document, "python")
        for sentence in _OWN.findall(block.text)
    ]
    for block in blocks(document, "gherkin"):
        feature = parse_feature(block.text)
        assert isinstance(feature, Feature)
        steps = [step for scenario in feature.walk_scenarios() for step in scenario.all_steps]
        unknown = [
            step.name
            for step in steps
            if not registry.find(step.step_type, step.name) and not any(own.fullmatch(step.name) for own in own)
        ]
        assert bool(unknown) == ("undefined" in block.info), unknown


@of_each
def test_python_is_python(document: Path) -> None:
    """Each block of Python can be compiled."""
    for block in blocks(document, "python"):
        compile(block.text, document.name, "exec")


@of_each
@pytest.mark.live
def test_commands_do_what_they_say(document: Path, address: str, tmp_path: Path) -> None:
    """The commands, one after the other in one directory, exit as the document says and print what it shows."""
    output = ""
    if "apitest init my-tests" not in document.read_text("utf-8"):
        create(tmp_path / "my-tests")
    for block in blocks(document):
        if option(block, "file"):
            (tmp_path / option(block, "file")).write_text(block.text, "utf-8")
        elif block.language == "console":
            for line in block.text.splitlines():
                use(address, tmp_path)
                output = command(line.removeprefix("$ "), int(option(block, "status", "0")), tmp_path)
        elif block.language == "text" and "output" in block.info:
            assert comparable(block.text) in comparable(output.replace(address, USUAL))


def use(address: str, directory: Path) -> None:
    """Lets the projects in a directory use the server at an address instead of the usual one."""
    for path in directory.glob("*/features/config.ini"):
        path.write_text(path.read_text("utf-8").replace(USUAL, address), "utf-8")


def comparable(text: str) -> str:
    """A text without what differs from run to run, and without blanks at line ends."""
    return "\n".join(line.rstrip() for line in _TIME.sub("N ms", text).splitlines())


def command(line: str, status: int, directory: Path) -> str:
    """Runs a line of a document, or what stands for it; returns what it printed."""
    program, *arguments = shlex.split(line.removesuffix("&"))
    if program == "make":
        assert re.search(rf"^{arguments[0]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        return ""
    if line == "pip install .":
        return ""
    assert program == "apitest", line
    if arguments[:2] == ["server", "start"]:
        with CompanionServer(directory / arguments[2]) as server:
            assert server.address
        return ""
    if arguments[0] == "demo":  # runs in test_demo.py
        arguments.append("--help")
    exited, output = apitest(directory, arguments)
    assert exited == status, output
    return output


@pytest.mark.live
def test_the_service_of_the_manual_works(tmp_path: Path) -> None:
    """The service and the server.conf of docs/server.md fit each other."""
    document = ROOT / "docs" / "server.md"
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "shop.py").write_text(blocks(document, "python")[0].text, "utf-8")
    (tmp_path / "server.conf").write_text(blocks(document, "ini")[0].text, "utf-8")
    with CompanionServer(tmp_path) as server:
        request = urllib.request.Request(f"{server.address}/shop/tea/quote?count=3")
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(request, timeout=10)
        request.add_header("Authorization", "Basic " + base64.b64encode(b"maria:a-password").decode())
        with urllib.request.urlopen(request, timeout=10) as response:
            assert response.read() == b'{"article":"tea","total":15}'


@pytest.mark.live
def test_the_calls_of_the_manual_of_publish_subscribe_work(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each answers what the document shows, on a new server."""
    directory = tmp_path_factory.mktemp("pubsub") / "server"
    apitest(directory.parent, ["server", "create", "server"])
    with CompanionServer(directory) as server:
        for block in blocks(ROOT / "docs" / "pubsub.md", "sh")[:2]:
            lines = block.text.replace("\\\n", " ").splitlines()
            for line, shown in zip(lines[::2], lines[1::2], strict=True):
                _, program, *arguments = shlex.split(line)
                output = apitest(directory, arguments)[1] if program == "apitest" else curl(server.address, arguments)
                parts = [part.strip(", ") for part in plain(shown).split("…")]
                assert re.search(".*".join(map(re.escape, parts)), plain(output)), output


def plain(text: str) -> str:
    """A text without what is new each time, and without blanks."""
    return re.sub(r"zps[mk][a-z.]*[0-9a-f]{24}", "ID", re.sub(r"\s", "", text))


def curl(address: str, arguments: list[str]) -> str:
    """What a command of curl with these options would print."""
    place = next(argument for argument in arguments if argument.startswith("http"))
    given = [argument for argument in arguments if argument != place]
    options = dict(zip(given[::2], given[1::2], strict=True))
    url = place.replace("http://localhost:17010", address)
    request = urllib.request.Request(url, options.get("-d", "").encode(), method=options["-X"])
    request.add_header("Authorization", "Basic " + base64.b64encode(options["-u"].encode()).decode())
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=10) as response:
        return str(response.read().decode())
