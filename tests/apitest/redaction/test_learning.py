"""apitest.redaction.learning: which secrets a message or a step brings along."""

import base64

import pytest

from apitest.redaction import learning

_BASIC = base64.b64encode(b"maria:s3cret-word").decode()


@pytest.mark.parametrize(
    ("url", "headers", "body", "secret"),
    [
        ("http://maria:s3cret%2Fword@x/", [], "", "s3cret/word"),
        ("http://x/?a=1&api_key=s3cret+word", [], "", "s3cret word"),
        ("", [("Authorization", f"Basic {_BASIC}")], "", "s3cret-word"),
        ("", [("Authorization", "Bearer s3cret-word")], "", "s3cret-word"),
        ("", [("Set-Cookie", "sid=s3cret-word; Path=/")], "", "s3cret-word"),
        ("", [("X-Auth-Token", b"s3cret-word")], "", "s3cret-word"),
        ("", [("Location", "/x?token=s3cret-word")], "", "s3cret-word"),
        ("", [], '{"access_token": "s3cret\\u002dword"}', "s3cret-word"),
        ("", [], "<a><password>s3cret&amp;word</password></a>", "s3cret&word"),
        ("", [("Content-Type", "application/x-www-form-urlencoded")], "a=1&client_secret=s3cret%20word", "s3cret word"),
    ],
)
def test_messages(url: str, headers: list[tuple[object, object]], body: str, secret: str) -> None:
    """What stands under the name of a secret is learned as it is when it is not escaped."""
    assert secret in learning.of_message(url, headers, body)


@pytest.mark.parametrize(
    "body",
    ['{"password": "short"}', '{"password": "Password"}', '{"token": "***"}', '{"name": "s3cret-word"}'],
)
def test_what_is_not_worth_it(body: str) -> None:
    """Short values and common words would take innocent texts with them; they are hidden at their places only."""
    assert learning.of_message("", [], body) == set()


def test_the_type_of_a_body_is_found_behind_other_headers() -> None:
    """Headers that hold no secret say what the body is."""
    headers = [("X-Api-Key", "s3cret-1"), ("Server", "s"), ("content-type", "application/x-www-form-urlencoded")]
    found = learning.of_message("", headers, "a=1&client_secret=s3cret%20word")
    assert {"s3cret-1", "s3cret word"} <= found
    assert not found & {"s", "application/x-www-form-urlencoded"}


def test_texts() -> None:
    """A text is a document, a form, or it holds URLs."""
    assert "s3cret-word" in learning.of_text("see postgresql://me:s3cret-word@db/x")
    assert "s3cret-word" in learning.of_text('{"password": "s3cret-word"}')
    assert not learning.of_text("the password is s3cret-word")


def test_arguments() -> None:
    """Passwords, tokens and keys are secrets whatever they are; values beside the name of a secret are, too."""
    assert list(learning.of_arguments({"username": "a", "password": "b"})) == [("b", True)]
    assert list(learning.of_arguments({"key": "b", "header": "X"}, 'API key "{key}"')) == [("b", True)]
    assert list(learning.of_arguments({"path": "/user/password", "value": "b"})) == [("b", False)]
    assert list(learning.of_arguments({"name": "a", "value": "b"}, 'cookie "{name}" "{value}"')) == [("b", False)]
    assert list(learning.of_arguments({"path": "/user/name", "value": "b", "key": "c"})) == []


def test_tables() -> None:
    """A cell is a secret beside the name of one, or below it."""
    assert list(learning.of_rows([["name", "value"], ["token", "a"], ["size", "b"]])) == ["a"]
    assert list(learning.of_rows([["user", "password"], ["maria", "a"]])) == ["a"]
    assert list(learning.of_rows([])) == []


def test_names() -> None:
    """Names with a sign that are those of secrets, alone or in braces."""
    assert list(learning.names_in("a ${API_KEY} #{token} @{size}")) == ["$API_KEY", "#token"]
    assert list(learning.names_in("$SHOP_PASSWORD")) == ["$SHOP_PASSWORD"]


def test_variables_that_a_parameter_names() -> None:
    """With braces anywhere, without them at the end, whatever they are called; not those of other signs."""
    assert list(learning.environment_in("${LICENSE}, #{id} and $MY_KEY")) == ["$LICENSE", "$MY_KEY"]
    assert list(learning.environment_in("no sign")) == []
    assert list(learning.environment_in("#{a} for 5 $")) == []


@pytest.mark.parametrize("password", ['"s3cret-\\q"', '"s3cret-word'])
def test_a_text_that_is_not_valid_json(password: str) -> None:
    """Is learned without its quotes."""
    assert password.strip('"') in set(learning._readings(password))


def test_base64_that_is_not_of_basic_auth() -> None:
    """Without a colon, or behind a name that nobody can type, nothing is learned of what it encodes."""
    for content in (b"s3cret-word", b"\x01maria:s3cret-word"):
        encoded = base64.b64encode(content).decode()
        assert "s3cret-word" not in set(learning._readings(encoded))
