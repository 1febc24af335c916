"""Sentences that say who sends a request."""

import base64
import json
from typing import Any

import pytest

from apitest.errors import BadValue, CheckFailed, Unreachable
from apitest.redaction import redact
from tests.apitest.steps.playing import Play
from tests.apitest.web import WebServer


@pytest.fixture
def echoed(play: Play, web: WebServer) -> Any:
    def echoed(*lines: str, path: str = "/echo") -> Any:
        play(*lines, f'address "{web.address}{path}"', "the URL is invoked")
        return play.zato.response.json()

    return echoed


def test_basic_auth(echoed: Any) -> None:
    """User name and password are sent as UTF-8."""
    header = echoed('Basic Auth "zoë" "$SECRET"')["headers"]["authorization"]
    assert header == "Basic " + base64.b64encode("zoë:s3cret-value".encode()).decode()


def test_user_name_and_password_in_a_url(play: Play, web: WebServer) -> None:
    """They sign the request in, decoded, and are hidden; a sign-in and an Authorization header count for more."""

    def sent(*lines: str) -> Any:
        address = web.address.replace("://", "://zo%C3%AB:p%40ss@")
        play(*lines, f'address "{address}"', 'URL path "/echo"', "the URL is invoked")
        return play.zato.response.json()["headers"].get("authorization")

    encoded = base64.b64encode("zoë:p@ss".encode()).decode()
    assert sent() == f"Basic {encoded}"
    assert {"p@ss", encoded} <= play.run.secrets
    assert sent('header "Authorization" "Mine"') == "Mine"
    assert sent('bearer token "$SECRET"') == "Bearer s3cret-value"


def test_given_header_wins(echoed: Any) -> None:
    """An Authorization header that the test gives is not replaced."""
    headers = echoed('Basic Auth "u" "p"', 'header "authorization" "Mine"')["headers"]
    assert headers["authorization"] == "Mine"


def test_digest_auth(echoed: Any, web: WebServer) -> None:
    """A challenge is answered, and its cookie kept; the password itself is never sent."""
    echo = echoed('Digest Auth "maria" "$SECRET"', path="/digest")
    assert 'username="maria"' in echo["headers"]["authorization"]
    assert echo["headers"]["cookie"] == "challenged=yes"
    assert "s3cret" not in str(web.requests)
    assert len(web.requests) == 2
    echoed(path="/digest")
    assert len(web.requests) == 3  # the server's nonce is used again


@pytest.mark.parametrize(("more", "method"), [("", "HMAC-SHA1"), (' with "hmac-sha256"', "HMAC-SHA256")])
def test_oauth1(echoed: Any, web: WebServer, more: str, method: str) -> None:
    """Each request is signed; the secret itself is never sent."""
    header = echoed(f'OAuth1 credentials "my-key" "$SECRET"{more}')["headers"]["authorization"]
    assert header.startswith("OAuth ") and f'oauth_signature_method="{method}"' in header
    assert 'oauth_consumer_key="my-key"' in header
    assert "s3cret" not in str(web.requests)


def test_a_signature_method_that_is_not_one(play: Play) -> None:
    """The error names those that are."""
    with pytest.raises(BadValue, match='"MD5" is not a signature method') as raised:
        play('OAuth1 credentials "k" "s" with "MD5"')
    assert "HMAC-SHA1, HMAC-SHA256, HMAC-SHA512, PLAINTEXT" in str(raised.value.fix)


@pytest.mark.parametrize("sentence", ["bearer token", "OAuth2 bearer token"])
def test_bearer_token(echoed: Any, sentence: str) -> None:
    """A token is sent as it is."""
    assert echoed(f'{sentence} "abc.def"')["headers"]["authorization"] == "Bearer abc.def"


def test_no_more_authentication(echoed: Any) -> None:
    """One sentence takes the authentication back."""
    assert "authorization" not in echoed('bearer token "abc"', "requests are not authenticated")["headers"]


def test_api_keys(echoed: Any, play: Play) -> None:
    """A key is sent in a header or in the URL, and shown nowhere."""
    echo = echoed('API key "$SECRET" in header "X-My-Key"', 'API key "$SECRET" in query parameter "k"')
    assert echo["headers"]["x-my-key"] == "s3cret-value"
    assert echo["path"] == "/echo?k=s3cret-value"
    exchange = redact(play.zato.last_exchange(), play.run.secrets)
    assert exchange is not None
    assert "s3cret" not in str(exchange)


def oauth2(play: Play, web: WebServer, *lines: str) -> str:
    play(f'OAuth2 endpoint "{web.address}/token"', 'OAuth2 credentials "me" "$SECRET"', *lines)
    play('I store an OAuth2 bearer token under "token"')
    return str(play.zato.user_ctx["token"])


def test_oauth2_token(play: Play, web: WebServer, echoed: Any) -> None:
    """A token is fetched with a form, stored, and sent with the following requests."""
    token = oauth2(play, web)
    assert token == "token-client_id.me-client_secret.s3cret-value-grant_type.client_credentials"
    assert web.requests[0][2]["Content-Type"] == "application/x-www-form-urlencoded"
    assert echoed()["headers"]["authorization"] == f"Bearer {token}"
    assert token in play.run.secrets


def test_oauth2_details(play: Play, web: WebServer) -> None:
    """Field names, scopes, grant type and extra fields are those that the sentences give; JSON if they say so."""
    oauth2(
        play,
        web,
        'OAuth2 scopes "a, b c"',
        'OAuth2 grant type "custom"',
        'OAuth2 client ID field "id"',
        'OAuth2 client secret field "key"',
        'OAuth2 extra fields "x=1, y=2=3"',
        'OAuth2 request format "json"',
    )
    fields = {"grant_type": "custom", "id": "me", "key": "s3cret-value", "scope": "a b c", "x": "1", "y": "2=3"}
    assert json.loads(web.requests[0][3]) == fields


def test_oauth2_password_grant(play: Play, web: WebServer) -> None:
    """The grant for passwords names its fields as its specification does."""
    oauth2(play, web, 'OAuth2 grant type "password"')
    assert web.requests[0][3] == b"grant_type=password&username=me&password=s3cret-value"


@pytest.mark.parametrize("extra", ["a=1&b=2", "a=1,b=2", '{"a": "1", "b": "2"}', "#fields"])
def test_oauth2_extra_fields(play: Play, web: WebServer, extra: str) -> None:
    """Extra fields are written in any of three ways, or stored."""
    play.zato.user_ctx["fields"] = {"a": "1", "b": "2"}
    oauth2(play, web, f'OAuth2 extra fields "{extra}"')
    assert web.requests[0][3].endswith(b"&a=1&b=2")


def test_oauth2_bad_extra_fields(play: Play) -> None:
    """Text that names no fields is refused."""
    with pytest.raises(BadValue, match="names no fields"):
        play('OAuth2 extra fields "audience"')


def test_oauth2_bad_format(play: Play) -> None:
    """A token is asked for with a form or with JSON."""
    with pytest.raises(BadValue, match="cannot have the format"):
        play('OAuth2 request format "XML"')


@pytest.mark.parametrize("lines", [[], ['OAuth2 endpoint "http://h/token"']])
def test_oauth2_without_details(play: Play, lines: list[str]) -> None:
    """Without an endpoint or credentials, the sentence to add is named."""
    with pytest.raises(BadValue, match="was not given") as raised:
        play(*lines, 'I store an OAuth2 bearer token under "token"')
    assert "Given OAuth2" in raised.value.fix


def test_oauth2_refused(play: Play, web: WebServer) -> None:
    """An error of the endpoint is a failed check, in the endpoint's own words."""
    with pytest.raises(CheckFailed, match="refuses the token with status 401") as raised:
        oauth2(play, web, 'OAuth2 extra fields "a=wrong"')
    assert raised.value.actual == "invalid_client no such client"


def test_oauth2_refused_without_words(play: Play, web: WebServer) -> None:
    """An error page that is not JSON is shown as it starts."""
    play(f'OAuth2 endpoint "{web.address}/status/500"', 'OAuth2 credentials "me" "you"')
    with pytest.raises(CheckFailed, match="status 500") as raised:
        play('I store an OAuth2 bearer token under "token"')
    assert raised.value.actual == "<html>as asked</html>"


def test_oauth2_no_token(play: Play, web: WebServer) -> None:
    """An answer without a token names what it holds instead."""
    with pytest.raises(CheckFailed, match="gave no token") as raised:
        oauth2(play, web, 'OAuth2 extra fields "a=tokenless"')
    assert raised.value.actual == "token_type"


def test_oauth2_endpoint_down(play: Play) -> None:
    """An endpoint that cannot be reached is not a failed check."""
    with pytest.raises(Unreachable):
        play(
            'OAuth2 endpoint "http://127.0.0.1:1/"',
            'OAuth2 credentials "me" "you"',
            'I store an OAuth2 bearer token under "t"',
        )


def test_oauth2_is_cleaned_up(play: Play, web: WebServer, echoed: Any) -> None:
    """After a clean-up neither the details nor the token are there; other authentication stays."""
    oauth2(play, web)
    play("OAuth2 context is cleaned up")
    assert "authorization" not in echoed()["headers"]
    with pytest.raises(BadValue, match="endpoint was not given"):
        play('I store an OAuth2 bearer token under "token"')
    assert "authorization" in echoed('Basic Auth "u" "p"', "OAuth2 context is cleaned up")["headers"]
