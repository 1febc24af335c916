"""Documents of any depth fail a check or are refused, and break neither a step nor a report."""

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.apitest.command_line import here
from tests.attempts import Attempts
from tests.hostile.server import Hostile, Peer, answer

DEPTHS = (100, 128, 129, 250, 500, 980, 2000, 100_000)
_MANY = 10_000  # levels that are tried with few sentences, since reports write them out each time

_JSON_CHECKS = """
path "/a" is "1" | path "/0/0/0" is an integer "1" | path "" is JSON "{}" | path "/0" is JSON |
response is equal to | response is equal to that from "NAME.json" | path "/a" is a list "1,2" |
path "/0" contains "1" | path "" contains data from "NAME.json" | path "" matches JSON "[1]" | path "" matches JSON |
path "" is sorted | path "" has "2" elements | JSONPath "$..b" exists | JSONPath "$[?search(@.a, 'b')]" is "1" |
path "" has unique elements | path "" is one of "1,2" | path "" is any list | status is "500" |
path "" is JSON "DOCUMENT" in any order | path "" is JSON "[]" apart from "/a" | path "" is null | path "" is empty |
each item of path "" is any integer
"""
_XML_CHECKS = """
XPath "//b" exists | XPath "/a/a/a" is "2" | response is equal to | response is equal to that from "NAME.xml" |
XPath "//a[re:test(., '2')]" is "3" | status is "500"
"""
_JSON_REQUESTS = """
request is "DOCUMENT" | path "/a/b" in request is JSON "DOCUMENT" | path "/a" in request is JSON |
I store "DOCUMENT" under "x" | request "NAME.json" | path "/a" in request is a list "#{deep}" |
path "/a" in request is "DOCUMENT" (with literal_eval) | path "/a" in request is "-a#{x}" | request is "[#{deep}]" |
I store "[#{deep}]" under "x"
"""
_XML_REQUESTS = 'request is "DOCUMENT" | request "NAME.xml" | request is'


def _documents(depth: int) -> dict[str, str]:
    return {
        "list": "[" * depth + "1" + "]" * depth,
        "dict": '{"a":' * depth + "1" + "}" * depth,
        "both": '[{"a":' * (depth // 2) + "1" + "}]" * (depth // 2),
        "open": "[" * depth,
        "xml": "<a>" * depth + "1" + "</a>" * depth,
        "openxml": "<a>" * depth,
    }


def _step(sentence: str, name: str, document: str) -> str:
    line = f"    Given {sentence.replace('NAME', name).replace('DOCUMENT', document)}\n"
    text = sentence.endswith(("to", "is", "JSON"))
    return line + (f'      """\n      {document}\n      """\n' if text else "")


def _split(sentences: str) -> list[str]:
    return [" ".join(each.split()) for each in sentences.split("|")]


def _scenarios(documents: dict[str, str], few: bool) -> Iterator[str]:
    for name, document in documents.items():
        checks, requests = (_XML_CHECKS, _XML_REQUESTS) if "xml" in name else (_JSON_CHECKS, _JSON_REQUESTS)
        start = f'    Given format "{"XML" if "xml" in name else "JSON"}"\n    And URL path "/{name}"\n'
        for number, sentence in enumerate(_split(checks)):
            if not few or number % 4 == 0:
                yield start + "    When the URL is invoked\n" + _step(sentence, name, document)
        for number, sentence in enumerate(_split(requests)):
            if not few or number % 4 == 0:
                deep = _step('I store "DOCUMENT" under "deep"', name, document)
                yield start + deep + _step(sentence, name, document) + "    When the URL is invoked\n"


def _project(directory: Path, address: str, depth: int) -> tuple[int, Path]:
    documents = _documents(depth)
    for name, document in documents.items():
        kind = "xml" if "xml" in name else "json"
        for place in ("request", "response"):
            path = directory / "features" / kind / place / f"{name}.{kind}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document)
    head = f'Feature: F\n  Background:\n    Given address "{address}"\n'
    head += '    And namespace prefix "re" of "http://exslt.org/regular-expressions"\n'
    scenarios = [f"  Scenario: {n}\n{text}" for n, text in enumerate(_scenarios(documents, depth > _MANY))]
    path = directory / "features" / "a.feature"
    path.write_text(head + "".join(scenarios))
    return len(scenarios), path


def _serve(hostile: Hostile, depth: int) -> None:
    documents = {name: text.encode() for name, text in _documents(depth).items()}

    def behave(peer: Peer) -> None:
        while request := peer.request():
            kind = "text/xml" if "xml" in request.split()[1] else "application/json"
            peer.send(answer(documents[request.split()[1].strip("/")], "200 OK", f"Content-Type: {kind}"))

    hostile.behave = behave


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # behave leaves its JUnit file open
@pytest.mark.parametrize("depth", DEPTHS)
def test_depth(
    tmp_path: Path, hostile: Hostile, attempts: Attempts, depth: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each scenario comes to its end, passed or failed by a check or for a bad value, and every report is complete."""
    _serve(hostile, depth)
    count, feature = _project(tmp_path, hostile.address, depth)
    told = tmp_path / "told"
    told.mkdir()
    ran = here("run", feature, "--verbose", "--events", told / "events")
    arguments = [part for name in ("pretty", "plain", "json") for part in ("-f", name, "-o", str(told / name))]
    others = here("run", feature, *arguments, "--junit", "--junit-directory", told)
    attempts.held(ran.status in (1, 2) and "Traceback" not in ran.output, f"terminal: {ran.status} {ran.output[-300:]}")
    attempts.held(others.status in (1, 2), f"formatters: {others.status} {others.output[-300:]}")
    events = [json.loads(line) for line in (told / "events").read_text().splitlines()]
    finished = [event for event in events if event["type"] == "ScenarioFinished"]
    attempts.held(len(finished) == count, f"events: {len(finished)} of {count} scenarios")
    for failure in filter(None, (event.get("failure") for event in events)):
        attempts.held(failure["kind"] in ("CheckFailed", "BadValue"), f"{failure}")
    attempts.held(len(json.loads((told / "json").read_text())[0]["elements"]) == count + 1, "json")
    attempts.held(len(ElementTree.parse(told / "TESTS-a.xml").findall("testcase")) == count, "JUnit")
    for name in ("pretty", "plain"):
        text = (told / name).read_text()
        attempts.held(text.count("Scenario:") == count and "Traceback" not in text, f"{name}: {text[-300:]}")
    assert "Traceback" not in capfd.readouterr().err
