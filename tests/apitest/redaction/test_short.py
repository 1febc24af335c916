"""Secrets of one to three characters."""

import base64

import pytest

from apitest.redaction import redact, redact_text
from apitest.redaction.short import parts

SECRETS = ("x", "7", "ab", "42", "abc", "123", "x9", "A.b")
WHOLE = (
    "{}",
    'Given Basic Auth "maria" "{}"',
    "KeyError: '{}'",
    "X-Pin: {}",
    "X-Pin: {}\r\nX-Other: 1",
    "first\n  {}\nlast",
    "http://h/a?pin={}&x=y",
    "http://h/a?pin={}",
    "http://maria:{}@h/",
    "http://h/pins/{}/edit",
    "user=maria&pin={}",
    "<pin>{}</pin>",
    "<a pin='{}'/>",
    '{{"pin": {}, "a": []}}',
    '{{"pin":{}}}',
    '{{"pins": ["k", {}]}}',
    "| pin | {} |",
    "curl -H 'X-Pin: {}' http://h/",
)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("place", WHOLE)
def test_a_whole_value(place: str, secret: str) -> None:
    """A short secret is hidden where it is a whole value, and nothing else is."""
    assert redact_text(place.format(secret), {secret}) == place.format("***")


@pytest.mark.parametrize("secret", SECRETS)
def test_a_whole_value_escaped(secret: str) -> None:
    """However it is written: in JSON, in a URL, in XML, in Base64."""
    escaped = "".join(f"\\u{ord(char):04x}" for char in secret)
    assert redact_text(f'{{"pin": "{escaped}"}}', {secret}) == '{"pin": "***"}'
    assert redact_text("?a=" + "".join(f"%{ord(char):02X}" for char in secret), {secret}) == "?a=***"
    assert redact_text("<a>" + "".join(f"&#{ord(char)};" for char in secret) + "</a>", {secret}) == "<a>***</a>"
    assert redact_text(f'"{base64.b64encode(secret.encode()).decode()}"', {secret}) == '"***"'


@pytest.mark.parametrize("secret", ["a", "is", "1", "12", "abc"])
def test_the_rest_of_a_text_stays(secret: str) -> None:
    """A short secret that a word or a number may be leaves sentences, names and times readable."""
    text = 'It is a cab: 12 of 112 steps, 1.5 s, abc-12, after 2026-01-12T10:12:01, in line 12 of a.feature, "cab is"'
    assert redact_text(text, {secret}) == text


def test_a_word_that_is_none() -> None:
    """One of two kinds of characters is hidden as a word of a sentence; not as a part of another word."""
    assert (
        redact_text("The PIN x9 is wrong, ax9 and x9a are not", {"x9"}) == "The PIN *** is wrong, ax9 and x9a are not"
    )


def test_what_the_run_itself_says_stays() -> None:
    """The keyword of a step and the protocol of an exchange are no values, whatever a secret is."""
    from apitest.events import Exchange, StepFinished

    step = StepFinished("And", "And", 3, "passed", 0.1, None, None, (("And", "x"),))
    assert redact(step, {"And"})[:2] == ("And", "***") and redact(step, {"And"}).table == (("***", "x"),)
    exchange = Exchange("SQL", "SELECT 'SQL'", (("X-Pin", "SQL"),))
    assert redact(exchange, {"SQL"}) == Exchange("SQL", "SELECT '***'", (("X-Pin", "***"),))


def test_parts() -> None:
    """What a text has to hold for a short secret to be looked for."""
    assert parts("ab") == {"ab", "YWI=", "YWI"}
