"""A search for a regular expression ends, whatever pattern a step or a server has and whatever text it is run on."""

import json
from time import thread_time

import pytest

from apitest.documents import patterns
from apitest.errors import ApitestError
from tests.apitest.runner.running import Runs
from tests.apitest.steps.playing import Play
from tests.attempts import Attempts
from tests.hostile.server import Hostile, answer

_LIMIT = 0.1
_TOO_LATE = 8.0  # seconds of work, however busy the machine is

# Patterns and what to repeat before a last character, so that re would take minutes or years.
SLOW = {
    "(a|a)+$": "a",
    "(a|aa)+$": "a",
    "(.|a)*b$": "a",
    "^(([a-z])+.)+[A-Z]([a-z])+$": "a",
    r"^(\w+\s?)*$": "ab ",
    "(x+x+)+y": "x",
    r"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}([a-z]{2,3})$": "a",
    r"(a*)*\1c": "a",
    r"(?=(a+))(?:a|a)*\1*b": "a",
    r"(?i)(ſ|s)+$": "s",
    r"(\d+\D?)+$": "1",
}
_SENTENCES = (
    'Then path "/a" matches "{}"',
    'Then path "/a" does not match "{}"',
    'Given I store path "/a" matching "{}" under "x"',
    'Then path "" matches JSON "{{"a": "[matches {}]"}}"',
    "Then XPath \"//a[re:test(., '{}')]\" exists",
)
_JSONPATHS = ("$[?search(@, '{}')]", "$[?match(@, '{}')]", "$[?search(@, $.pattern)]", "$[?match(@, $.pattern)]")


def _texts(unit: str) -> tuple[str, str]:
    return unit * 40 + "!", unit * 3000 + "!"


def _outcome(play: Play, line: str, document: str | None = None) -> tuple[BaseException | None, float]:
    started = thread_time()
    try:
        play.step(line, document) if document else play(line)
    except ApitestError as error:
        return error, thread_time() - started
    except Exception as error:
        return error, _TOO_LATE
    return None, thread_time() - started


def _serve(play: Play, hostile: Hostile, body: str) -> None:
    hostile.answers(answer(body.encode(), "200 OK", "Content-Type: text/xml" if body[0] == "<" else "X-A: 1"))
    play.zato.reset()
    play(f'Given address "{hostile.address}"', "When the URL is invoked")
    play('Given namespace prefix "re" of "http://exslt.org/regular-expressions"')


def test_sentences(play: Play, hostile: Hostile, attempts: Attempts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sentence with a pattern of its own ends in time on a text that a server made for it."""
    monkeypatch.setattr(patterns, "SECONDS", _LIMIT)
    for pattern, unit in SLOW.items():
        for text in _texts(unit):
            for sentence in _SENTENCES:
                xml = "XPath" in sentence
                _serve(play, hostile, f"<x><a>{text}</a></x>" if xml else json.dumps({"a": text}))
                line = sentence.format(pattern.replace("\\", "\\\\") if "JSON" in sentence else pattern)
                error, seconds = _outcome(play, line)
                told = f"{line}, {len(text)} characters: {type(error).__name__} {error} after {seconds:.1f} s"
                attempts.held(seconds < _TOO_LATE, told)


def test_patterns_of_a_server(
    play: Play, hostile: Hostile, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A JSONPath that takes its pattern from the response ends in time, too."""
    monkeypatch.setattr(patterns, "SECONDS", _LIMIT)
    for pattern, unit in SLOW.items():
        for text in _texts(unit):
            _serve(play, hostile, json.dumps({"pattern": pattern, "a": text, "b": text}))
            for path in _JSONPATHS:
                if "(?" in pattern and "{}" in path:
                    continue
                written = path.format(pattern.replace("\\", "\\\\"))
                error, seconds = _outcome(play, f'Then JSONPath "{written}" exists')
                told = f"{path}, {pattern}: {type(error).__name__} {error} after {seconds:.1f} s"
                attempts.held(seconds < _TOO_LATE, told)


def test_a_list(runs: Runs, hostile: Hostile, attempts: Attempts, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is that of a step, however many texts a server sends."""
    monkeypatch.setattr(patterns, "SECONDS", _LIMIT)
    body = json.dumps({"pattern": "(a|a)+$", "a": ["a" * 40 + "b"] * 2000})
    hostile.answers(answer(body.encode()))
    checks = (
        'path "" matches JSON "{"a": ["[contains]", "[matches (a|a)+$]"]}"',
        "JSONPath \"$.a[?search(@, '(a|a)+$')]\" exists",
        'JSONPath "$.a[?search(@, $.pattern)]" exists',
        'each item of JSONPath "$.a[*]" matches "(a|a)+$"',
        'no item of JSONPath "$.a[*]" matches "(a|a)+$"',
    )
    for check in checks:
        feature = (
            f'Feature: F\n  Scenario: S\n    Given address "{hostile.address}"\n'
            f"    When the URL is invoked\n    Then {check}\n"
        )
        started = thread_time()
        run = runs({"a.feature": feature})
        seconds = thread_time() - started
        stopped = [failure.kind for failure in run.failures]
        attempts.held(stopped == ["SearchStopped"] and seconds < _TOO_LATE, f"{check}: {stopped} after {seconds:.1f} s")
