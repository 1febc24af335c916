"""The probes: each a sentence, what it looks at, and whether it has to hold; most of them generated over the grid."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from apitest.clients.http import client as http
from apitest.clients.http.message import Headers, Outgoing, Received
from apitest.clients.pubsub import client as pubsub
from apitest.clients.pubsub.message import Inbox, PubSubMessage
from apitest.clients.response import Answer
from apitest.clients.websocket.client import Latest
from apitest.clients.websocket.types import TEXT, Message
from apitest.errors import ApitestError, CheckFailed
from apitest.language.registry import REGISTRY
from apitest.steps.subjects.subject import DOCUMENTS, READ_FROM_TEXT, Kind
from tests.apitest.steps.answers import answers_json, answers_xml
from tests.apitest.steps.playing import Play
from tests.trust.cases import CASES, QUANTITIES
from tests.trust.usage import REFUSED

HOLDS, FAILS, IS_REFUSED = "holds", "fails", "is refused"
_NOTHING = object()


class Probe(NamedTuple):
    """A sentence, what puts into the context what it looks at, and what it has to do."""

    sentence: str
    prepare: Callable[[Play], None]
    shown: str
    verdict: str


class View(NamedTuple):
    """A subject: how a sentence names it, how it is given a value, what it takes, and whether it can be absent.

    Where it is negated, the sentence holds where the check does not.
    """

    named: str
    put: Callable[[Play, Any], None]
    takes: frozenset[Kind]
    can_be_absent: bool = True
    is_negated: bool = False


def _json(play: Play, value: Any) -> None:
    answers_json(play, {"other": 1} if value is _NOTHING else {"v": value})


def _item(play: Play, value: Any) -> None:
    item = {"id": 2} if value is _NOTHING else {"id": 2, "v": value}
    answers_json(play, {"items": [{"id": 1, "v": "another"}, item]})


def _xml(play: Play, value: Any) -> None:
    answers_xml(play, "<a/>" if value is _NOTHING else f"<a><v>{escape(value)}</v></a>")


def _header(play: Play, value: Any) -> None:
    url = "http://example.com/" + ("" if value is _NOTHING else value)
    headers = Headers([] if value is _NOTHING else [("X-V", value)])
    received = Received(200, "", url, headers, [], b"", Outgoing("GET", url, Headers()))
    play.zato.response = http.HTTPAnswer(received, "RAW")


def _cookie(play: Play, value: Any) -> None:
    answers_json(play, {})
    if value is not _NOTHING:
        http.cookies(play.zato).set("v", value, domain="example.com")


def _attribute(play: Play, value: Any) -> None:
    answers_json(play, {})
    http.cookies(play.zato).set("v", "x", domain="example.com", rest={} if value is _NOTHING else {"SameSite": value})


def _url(play: Play, value: Any) -> None:
    received = Received(200, "", value, Headers(), [], b"", Outgoing("GET", value, Headers()))
    play.zato.response = http.HTTPAnswer(received, "RAW")


def _whole(play: Play, value: object) -> None:
    answers_json(play, value)


def _text(play: Play, value: Any) -> None:
    play.zato.response = Answer(None, value.encode(), "RAW")


def _received(play: Play, body: str) -> None:
    play.zato.scenario.get("WebSocket message", "", Latest).message = Message(TEXT, body.encode(), 0.0)


def _message(play: Play, value: Any) -> None:
    _received(play, json.dumps({"other": 1} if value is _NOTHING else {"v": value}))


def _message_xml(play: Play, value: Any) -> None:
    _received(play, "<a/>" if value is _NOTHING else f"<a><v>{escape(value)}</v></a>")


def _property(play: Play, value: Any) -> None:
    document = {"data": "x", "topic_name": "/a", **({} if value is _NOTHING else {"v": value})}
    play.zato.scenario.get("WebSocket message", "", Latest).message = PubSubMessage(document)


class Delivered:
    """A client of publish/subscribe that was delivered one message, and gets no other."""

    name, topics = "c", {"/t": True}

    def __init__(self, data: object) -> None:
        self.inbox = Inbox()
        self.inbox.take_in({"data": data, "topic_name": "/t"}, "here")

    def collect(self, zato: object, topic: str) -> None:
        """Nothing comes."""

    def check_listens(self, topic: str) -> None:
        """It does."""

    def wait(self, zato: object, seconds: float, turn: int) -> None:
        """Nothing comes, however long it waits."""

    def close(self) -> None:
        """Nothing is open."""


def _delivered(play: Play, value: Any) -> None:
    play.zato.scenario.put(pubsub.KIND, "c", Delivered({"other": 1} if value is _NOTHING else {"v": value}))


def _variable(play: Play, value: Any) -> None:
    if value is not _NOTHING:
        play.zato.user_ctx["v"] = value


VIEWS = (
    View('path "/v"', _json, DOCUMENTS),
    View('JSON Pointer "/v"', _json, DOCUMENTS),
    View('path "/v" of the item of "/items" whose "id" is "2"', _item, DOCUMENTS),
    View('JSONPath "$.v"', _json, DOCUMENTS),
    View("JSON response", _whole, DOCUMENTS, can_be_absent=False),
    View('XPath "//v"', _xml, READ_FROM_TEXT),
    View('header "X-V"', _header, READ_FROM_TEXT),
    View('cookie "v"', _cookie, READ_FROM_TEXT),
    View('attribute "SameSite" of cookie "v"', _attribute, READ_FROM_TEXT),
    View("response URL", _url, READ_FROM_TEXT, can_be_absent=False),
    View("response text", _text, READ_FROM_TEXT, can_be_absent=False),
    View('the message\'s path "/v"', _message, DOCUMENTS),
    View('the message\'s JSONPath "$.v"', _message, DOCUMENTS),
    View("the message's JSON", lambda play, value: _received(play, json.dumps(value)), DOCUMENTS, can_be_absent=False),
    View('the message\'s XPath "//v"', _message_xml, READ_FROM_TEXT),
    View('the message\'s property "v"', _property, DOCUMENTS),
    View("the message's text", _received, READ_FROM_TEXT, can_be_absent=False),
    View(
        'within "0" seconds "c" receives a message on topic "/t" where path "/v"',
        _delivered,
        DOCUMENTS - {Kind.DOCUMENT},
    ),
    View(
        'within "0" seconds "c" receives no message on topic "/t" where path "/v"',
        _delivered,
        DOCUMENTS - {Kind.DOCUMENT},
        is_negated=True,
    ),
    View('JSONPath "$[0].data.v" of the messages that "c" got on topic "/t"', _delivered, DOCUMENTS),
    View('variable "v"', _variable, DOCUMENTS),
    View('variable "#v"', _variable, DOCUMENTS),
)
_NOT_WAITED_FOR = ("variable", "within", "each item of variable", "any item of variable", "no item of variable")
_UNKNOWN_IS_REFUSED = ("variable",)  # a variable that was never stored is a mistake of the test


def probes() -> Iterator[Probe]:
    """All of them, and of those of checks that can be waited for, what they are with the words for it ahead."""
    for probe in of_checks():
        yield probe
        if not probe.sentence.startswith(_NOT_WAITED_FOR):
            yield probe._replace(sentence=f'within "0" seconds {probe.sentence}')
            yield from _denied(probe)


def _denied(probe: Probe) -> Iterator[Probe]:
    """What must never be so fails where it is so, and where there is nothing that it could be said of."""
    of_absence = probe.sentence.endswith(" exist") or probe.sentence.endswith(" exists")
    if probe.verdict == HOLDS or (probe.shown == "nothing" and not of_absence):
        yield probe._replace(sentence=f'never within "0" seconds {probe.sentence}', verdict=FAILS)


def of_checks() -> Iterator[Probe]:
    """Those of sentences as they are, without words ahead."""
    for case in CASES:
        kind = _kind(case.said)
        for view in VIEWS:
            if kind in view.takes:
                yield from map(_turned(view), _of_case(view, case.said, kind, case.holds, case.fails))
    for case in QUANTITIES:
        for view in VIEWS:
            if Kind.DOCUMENT in view.takes:
                yield from _rows(view, case.said.replace("{}", view.named), case.holds, case.fails)
    for view in VIEWS:
        yield from map(_turned(view), _of_absence(view))
    for document, sentence in REFUSED:
        yield Probe(sentence, _prepared(answers_json, document), repr(document), IS_REFUSED)


def _turned(view: View) -> Callable[[Probe], Probe]:
    """A probe of a view as its sentences have it: turned round where they are negated."""
    turned = {HOLDS: FAILS, FAILS: HOLDS} if view.is_negated else {}
    return lambda probe: probe._replace(verdict=turned.get(probe.verdict, probe.verdict))


def _of_absence(view: View) -> Iterator[Probe]:
    if view.can_be_absent and not view.named.startswith(_UNKNOWN_IS_REFUSED):
        for value in ("", "x"):
            yield Probe(f"{view.named} exists", _prepared(view.put, value), repr(value), HOLDS)
            yield Probe(f"{view.named} does not exist", _prepared(view.put, value), repr(value), FAILS)
        yield Probe(f"{view.named} exists", _prepared(view.put, _NOTHING), "nothing", FAILS)
        yield Probe(f"{view.named} does not exist", _prepared(view.put, _NOTHING), "nothing", HOLDS)


def _kind(said: str) -> Kind:
    found = REGISTRY.find("then", f'path "/v" {said}')
    assert found is not None, said
    ending = found.sentence.ending  # type: ignore[attr-defined]  # a sentence of the grid
    return Kind(ending.kind)


def _of_case(view: View, said: str, kind: Kind, holds: list[Any], fails: list[Any]) -> Iterator[Probe]:
    if Kind.TYPE not in view.takes:
        holds, fails = _as_texts(holds, kind), _as_texts(fails, kind)
    yield from _rows(view, f"{view.named} {said}", holds, fails)
    if view.can_be_absent:
        verdict = IS_REFUSED if view.named.startswith(_UNKNOWN_IS_REFUSED) else FAILS
        yield Probe(f"{view.named} {said}", _prepared(view.put, _NOTHING), "nothing", verdict)


def _rows(view: View, sentence: str, holds: list[Any], fails: list[Any]) -> Iterator[Probe]:
    for verdict, values in ((HOLDS, holds), (FAILS, fails)):
        for value in values:
            yield Probe(sentence, _prepared(view.put, value), repr(value), verdict)


def _as_texts(values: list[Any], kind: Kind) -> list[str]:
    """What of the values a subject can have that is always text; numbers as they are written where they are read."""
    texts = [value for value in values if isinstance(value, str)]
    if kind is Kind.NUMBER:
        texts += [repr(value) for value in values if type(value) in (int, float)]
    return texts


def _prepared(put: Callable[[Play, Any], None], value: Any) -> Callable[[Play], None]:
    def prepare(play: Play) -> None:
        put(play, value)
        play.zato.answered(play.zato.response, lambda: play.zato.response)  # which can come again
        message = play.zato.scenario.find("WebSocket message", "")
        if isinstance(message, Latest):
            message.following = lambda seconds: False

    return prepare


def verdict(play: Play, probe: Probe) -> str:
    """What a sentence does."""
    play.zato.reset()
    play.zato.scenario.close()
    probe.prepare(play)
    found = REGISTRY.find("then", probe.sentence)
    if found is None:
        return IS_REFUSED
    try:
        play(f"Then {probe.sentence}")
    except CheckFailed:
        return FAILS
    except ApitestError:
        return IS_REFUSED
    return HOLDS


def wrong(play: Play, probe: Probe) -> str:
    """What is wrong with a probe; empty if it does what it has to."""
    came = verdict(play, probe)
    return "" if came == probe.verdict else f"{probe.sentence} on {probe.shown}: {came}, expected: {probe.verdict}"
