"""apitest.runner.brought: the secrets that a step's parameters, doc string and table bring along."""

from typing import Any

from behave.model import Step, Table, Text

from apitest.errors import UnknownValue
from apitest.runner import brought

_VALUES = {"#token": "s3cret-word", "$PASSWORD": "pw", "#list": None, "$LICENSE": "K7F2-99XX", "$HOME": "/home/me1"}


def _resolve(text: str) -> object:
    if text[:1] in "#$" and text not in _VALUES:
        raise UnknownValue(text)
    return _VALUES.get(text, text)


def _secrets(arguments: dict[str, str], sentence: str = "", text: str | None = None, table: Any = None) -> set[str]:
    doc = None if text is None else Text(text, "", 2)
    step = Step("a.feature", 1, "Given", "given", "s", doc, table)
    return set(brought.secrets(brought.of_match(arguments, sentence), step, _resolve))


def test_parameters() -> None:
    """A password counts whatever its length; what is under a secret name, or comes by one, if it is worth it."""
    assert _secrets({"username": "a", "password": "$PASSWORD"}) == {"pw"}
    assert _secrets({"path": "/password", "value": "short"}) == set()
    assert _secrets({"value": "x #{token}", "name": "n"}) == {"s3cret-word"}
    assert _secrets({"header": "Cookie", "value": "a=s3cret-word"}) == {"s3cret-word"}


def test_checks() -> None:
    """What a check expects is not a secret; what it would come out of is."""
    found = brought.of_match({"path": "/password", "value": "another"}, checks=True)
    assert found.named == ()


def test_the_environment() -> None:
    """A value that looks like a key is one, whatever its variable is called, in parameters, doc strings and tables."""
    assert _secrets({"value": "$LICENSE", "name": "n"}) == _secrets({"url": "http://h/${LICENSE}/x"}) == {"K7F2-99XX"}
    assert _secrets({}, text="${LICENSE} ${HOME}") == {"K7F2-99XX"}
    assert _secrets({}, table=Table(["name", "value"], [["a", "$LICENSE"], ["b", "$HOME"]], 2)) == {"K7F2-99XX"}
    assert _secrets({"value": "$HOME", "name": "$MISSING"}) == set()


def test_what_ends_a_wait() -> None:
    """The parameters of the check that ends a wait are looked at as those of any other."""
    arguments = {"path": "/a", "value": "b", "early_header": "Cookie", "early_value": "sid=s3cret-word"}
    assert _secrets(arguments) == {"s3cret-word"}


def test_what_cannot_be_resolved() -> None:
    """A value that is not there, none, and one of the Vault are left to the step."""
    assert _secrets({"password": "$MISSING"}) == set()
    assert _secrets({"password": "#list"}) == set()
    assert _secrets({"password": "vault:a#b"}) == set()


def test_below_the_step() -> None:
    """Doc strings and tables are looked at, too."""
    assert _secrets({}, text='{"password": "s3cret-word"}') == {"s3cret-word"}
    assert _secrets({}, text='{"a": "#{token}"}') == {"s3cret-word"}
    table = Table(["name", "value"], [["token", "s3cret-word"], ["a", "http://me:other-word@x/"]], 2)
    assert _secrets({}, table=table) == {"s3cret-word", "other-word"}


def test_texts_of_a_match() -> None:
    """The parameters of a project's own step go by their names or places."""
    from behave.matchers import Argument, Match

    match = Match(lambda: None, [Argument(0, 1, "a", "a"), Argument(2, 3, "b", "b", "password")])
    assert brought.texts_of(match) == {"0": "a", "password": "b"}
