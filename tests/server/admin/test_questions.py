"""Tests of apitest_server.admin.questions: what a page asks where no script has done so."""

import re
from html import unescape

import pytest

from tests.server.admin.visitor import PREFIX, Visitor, words
from tests.server.asgi import Answer

NAME = 'sales <b>"&'
LIST = "objects/outgoing.sql"
_FORM = re.compile(r'<form[^>]* action="([^"]*)">(.*?)</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def hidden(answer: Answer, ending: str) -> dict[str, str]:
    """What the form whose address ends like this sends where nothing is typed."""
    (found,) = [text for action, text in _FORM.findall(answer.text) if action.endswith(ending)]
    return {name: unescape(value) for name, value in _HIDDEN.findall(found) if name != "proof"}


@pytest.fixture
def path(visitor: Visitor) -> str:
    """Where a connection is that was just made."""
    given = {"name": NAME, "engine": "postgresql", "host": "db", "db_name": "shop"}
    return f"{LIST}/{visitor.client.result('zato.outgoing.sql.create', given)['id']}"


def test_a_form_that_no_script_has_asked_about(visitor: Visitor, path: str) -> None:
    """It does nothing but ask, as long as the answer is not sent; then it does what it does, once."""
    sent = hidden(visitor.get(path), "/delete")
    for _ in range(2):
        asked = visitor.post(f"{path}/delete", **sent)
        assert (asked.status, f"Delete SQL connection “{NAME}”?" in words(asked)) == (200, True)
        assert "<b>" not in asked.text
    assert NAME in words(visitor.get(LIST))
    answered = hidden(asked, "/delete")
    assert answered.keys() == {"_once"}
    for _ in range(2):
        assert f"“{NAME}” was deleted" in words(visitor.post(f"{path}/delete", **answered))


def test_what_a_form_has_besides(visitor: Visitor, path: str) -> None:
    """Its other fields go along, each with all of its values; a script that sends the same is not asked."""
    fields = {"_ask": "Sure?", "_yes": "Do it", "a": "<1>", "b": ""}
    asked = visitor.post(f"{path}/delete", **fields)
    assert {"a": "<1>", "b": ""}.items() <= hidden(asked, "/delete").items()
    assert ">Do it</button>" in asked.text
    script = {"Accept": "application/json", "X-Proof": visitor.proof, "Cookie": cookies(visitor)}
    script["Content-Type"] = "application/x-www-form-urlencoded"
    assert visitor.client.request("POST", f"{PREFIX}{path}/delete", script, b"_ask=Sure%3F").status == 303


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://{host}/zato/admin/objects/outgoing.sql/1?x=1&y=2", "objects/outgoing.sql/1?x=1&amp;y=2"),
        ("http://elsewhere.example.com/zato/admin/objects/outgoing.sql/1", ""),
        ("http://{host}/elsewhere", ""),
        ("", ""),
    ],
)
def test_the_way_back(visitor: Visitor, path: str, referer: str, back: str) -> None:
    """*Cancel* leads to the page that the form is on, and never to that of anybody else."""
    headers = {"Accept": "text/html", "X-Proof": visitor.proof, "Cookie": cookies(visitor), "Host": "127.0.0.1:17010"}
    headers |= {"Referer": referer.format(host="127.0.0.1:17010")}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    asked = visitor.client.request("POST", f"{PREFIX}{path}/delete", headers, b"_ask=Sure%3F")
    assert f'<a class="button" href="{PREFIX}{back}">Cancel</a>' in asked.text


def cookies(visitor: Visitor) -> str:
    """As a header has them."""
    return "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
