"""Fetches an OAuth2 bearer token with the details that the sentences gave."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from apitest.clients.http import auth as http_auth
from apitest.clients.http import client as http
from apitest.clients.http import url as http_url
from apitest.clients.http.body import Body, dump_json
from apitest.context import FeatureContext
from apitest.errors import BadValue, CheckFailed
from apitest.language.literals import json_value, parse_list
from apitest.language.shortening import LIMIT, beginning

DEFAULT_GRANT_TYPE = "client_credentials"
FORMATS = ("FORM", "JSON")
# RFC 6749: the names of the credentials' fields are those of a user for one grant, those of a client for the others.
_FIELD_NAMES = {"password": ("username", "password")}
_CLIENT_NAMES = ("client_id", "client_secret")


class OAuth2Details(NamedTuple):
    """What a token is asked for with.

    Attributes:
        endpoint: the address that gives tokens.
        username: of a user, or the ID of a client; password is its secret.
        scopes: with a space between them.
        extra_fields: by name; they replace others of the same name.
        client_id_field: the name of the field with the user or the client; empty for that of the grant type.
        client_secret_field: likewise, of the password or the secret.
        request_format: "FORM" or "JSON".
    """

    endpoint: str = ""
    username: str = ""
    password: str = ""
    scopes: str = ""
    grant_type: str = DEFAULT_GRANT_TYPE
    extra_fields: Mapping[str, object] = MappingProxyType({})
    client_id_field: str = ""
    client_secret_field: str = ""
    request_format: str = "FORM"

    def __repr__(self) -> str:
        return f"OAuth2Details({self.endpoint!r}, …)"


def fetch(zato: FeatureContext) -> str:
    """Asks the endpoint for a token, which the following requests carry.

    Returns:
        The token; it is kept out of all output.

    Raises:
        BadValue: the endpoint or the credentials were not given.
        CheckFailed: the endpoint answers with an error, or without a token.
        Unreachable: it does not answer.
    """
    details = zato.settings(OAuth2Details)
    url = http_url.join(_needed("endpoint", details.endpoint, 'OAuth2 endpoint "http://localhost:8080/token"'), "", "")
    body = _body(fields(details), details.request_format)
    answer = http.send(zato, "POST", url, {"Accept": "application/json"}, body, "JSON", None)
    token = _token(answer)
    http_auth.use_bearer(zato, token)
    return token


def fields(details: OAuth2Details) -> dict[str, object]:
    """The fields of the token request, by name; extra fields may replace the others.

    Raises:
        BadValue: there are no credentials.
    """
    id_name, secret_name = _FIELD_NAMES.get(details.grant_type, _CLIENT_NAMES)
    sentence = 'OAuth2 credentials "my-client" "#secret"'
    found = {
        "grant_type": details.grant_type,
        details.client_id_field or id_name: _needed("username", details.username, sentence),
        details.client_secret_field or secret_name: _needed("password", details.password, sentence),
    }
    if details.scopes:
        found["scope"] = details.scopes
    return {**found, **details.extra_fields}


def scopes(text: object) -> str:
    """Scopes as the endpoint wants them, with a space between, from a list with commas or spaces."""
    return " ".join(str(scope) for part in parse_list(text) for scope in str(part).split())


def extra_fields(text: object) -> dict[str, object]:
    """Fields by name, from ``a=1&b=2``, from ``a=1, b=2`` or from a JSON object.

    Raises:
        BadValue: it is none of these.
    """
    if isinstance(text, str) and not text.strip().startswith("{"):
        if "&" in text:
            return dict(parse_qsl(text, keep_blank_values=True))
        found = [part.partition("=") for part in map(str, parse_list(text)) if part]
        if all(sign for _, sign, _ in found):
            return {name.strip(): value.strip() for name, _, value in found}
    value = json_value(text, "the text of the extra fields") if str(text).strip().startswith("{") else text
    if not isinstance(value, dict):
        raise BadValue(f'"{text}" names no fields', fix='Write OAuth2 extra fields "audience=my-api, resource=orders"')
    return value


def _needed(name: str, value: str, sentence: str) -> str:
    if not value:
        raise BadValue(f"The OAuth2 {name} was not given", fix=f"Add before this step: Given {sentence}")
    return value


def _body(content: dict[str, object], request_format: str) -> Body:
    if request_format == "JSON":
        return Body(dump_json(content).encode(), "application/json")
    return Body(urlencode(content, doseq=True).encode(), "application/x-www-form-urlencoded")


def _token(answer: http.HTTPAnswer) -> str:
    status = answer.received.status_code
    where = f"the OAuth2 endpoint {answer.received.url}"
    if status >= 400:
        told = _error_document(answer)
        said = " ".join(str(told[name]) for name in ("error", "error_description") if name in told)
        raise CheckFailed(f"The OAuth2 endpoint refuses the token with status {status}", where, actual=said)
    document = answer.json()
    token = document.get("access_token") if isinstance(document, dict) else None
    if not token or not isinstance(token, str):
        keys = ", ".join(document) if isinstance(document, dict) else "no object"
        raise CheckFailed("The OAuth2 endpoint gave no token", where, expected="access_token", actual=keys or "{}")
    return token


def _error_document(answer: http.HTTPAnswer) -> dict[str, object]:
    try:
        document = json.loads(answer.data_text)
    except (ValueError, RecursionError):
        return {"error": beginning(answer.data_text, LIMIT)}
    return document if isinstance(document, dict) else {"error": document}
