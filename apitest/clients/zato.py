"""The admin API of a Zato server, or of the companion server: services are deployed and called through it."""

import base64
from collections.abc import Mapping

from apitest.clients import files
from apitest.clients.http import client as http
from apitest.clients.http import url as http_url
from apitest.clients.http.auth import BasicAuth
from apitest.clients.http.body import Body, dump_json
from apitest.context import FeatureContext
from apitest.errors import BadValue, CheckFailed
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.redaction import redact_url

_UPLOAD = "zato.service.upload-package"
_JSON_PATH = "/zato/json"


class AdminConnection:
    """How to reach a server's admin API.

    Args:
        cluster_id: the cluster to deploy to; 1 for the companion server.
        url_path: ``/zato/json``, with or without a service's name behind it, or a whole URL.
        username: of an administrator; password likewise.
    """

    __slots__ = ("cluster_id", "password", "url_path", "username")

    def __init__(self, cluster_id: str, url_path: str, username: str, password: str) -> None:
        self.cluster_id, self.url_path = cluster_id, url_path
        self.username, self.password = username, password

    def url(self, address: str, service: str = _UPLOAD) -> str:
        """Where a service is called, the one that packages are uploaded to if none is named.

        Args:
            address: of the request; a connection with a whole URL has its own.
            service: its name.
        """
        path = f"{(self.url_path or _JSON_PATH).rstrip('/').removesuffix(f'/{_UPLOAD}')}/{service}"
        return http_url.join(path, "", "") if "://" in path else http_url.join(address, path, "")

    def close(self) -> None:
        """Nothing is held open."""


def store(zato: FeatureContext, name: str, connection: AdminConnection) -> None:
    """Keeps a connection under its name, and as a variable of that name; its password is kept out of all output."""
    if connection.password:
        zato.run.secrets.add(connection.password)
    zato.clients.put("zato", name, connection)
    zato.user_ctx[name] = connection


def upload(zato: FeatureContext, module_path: str, connection: str | AdminConnection) -> None:
    """Deploys the services of a Python file.

    Args:
        zato: the state of the feature.
        module_path: the file, relative to the features, to the project or to the working directory, or absolute.
        connection: the name of one that was stored, or one itself, which is what ``#name`` stands for.

    Raises:
        BadValue: no such file or connection.
        CheckFailed: the server refuses the file; with what it says.
        Unreachable: the server does not answer.
    """
    connection = _found(zato, connection)
    path = files.module(zato, module_path)
    package = {
        "cluster_id": connection.cluster_id,
        "payload": base64.b64encode(files.read_bytes(path)).decode("ascii"),
        "payload_name": path.name,
    }
    answer = zato.response = _sent(zato, connection, _UPLOAD, package)
    details = _refusal(answer)
    if details:
        raise CheckFailed(f"The server did not deploy {path.name}", redact_url(answer.data.url), actual=details)


def call(zato: FeatureContext, connection: object, service: str, request: Mapping[str, object]) -> object:
    """What a service returns; the response of the scenario stays as it is.

    Args:
        zato: the state of the feature.
        connection: as of `upload`.
        service: its name.
        request: its input.

    Raises:
        CheckFailed: the service fails, or there is none; with what the server says.
        BadValue, Unreachable: as of `upload`.
    """
    answer = _sent(zato, _found(zato, connection), service, {"cluster_id": 1, **request})
    details = _refusal(answer)
    if details:
        raise CheckFailed(f"The server did not answer {service}", redact_url(answer.data.url), actual=details)
    document = answer.json()
    assert isinstance(document, dict), "what has a zato_env"
    return document.get(f"{service.replace('.', '_').replace('-', '_')}_response")


def _sent(
    zato: FeatureContext, connection: AdminConnection, service: str, request: Mapping[str, object]
) -> http.HTTPAnswer:
    sign_in = BasicAuth(connection.username, connection.password)
    body = Body(dump_json(request).encode(), "application/json")
    return http.send(zato, "POST", connection.url(zato.address, service), {}, body, "JSON", sign_in)


def _refusal(answer: http.HTTPAnswer) -> str:
    """Why the server did not deploy; empty if it did."""
    document: object = answer.json() if answer.is_json() else None
    fields = document if isinstance(document, dict) else {}
    result = fields.get("zato_env")
    if not isinstance(result, dict):
        result = {}
    if answer.received.status_code < 300 and result.get("result") == "ZATO_OK":
        return ""
    said = result.get("details") or fields.get("details") or answer.received.reason
    return f"{answer.received.status_code} {said}"


def _found(zato: FeatureContext, named: object) -> AdminConnection:
    """A connection that is one, or the stored one of that name."""
    if isinstance(named, AdminConnection):
        return named
    name = str(named)
    connection = zato.clients.find("zato", name)
    if not isinstance(connection, AdminConnection):
        sentence = f'Given I store "1" "/zato/json" "admin" "#password" under Zato "{name}"'
        near = did_you_mean(near_misses(name, zato.clients.names("zato")))
        raise BadValue(f'There is no Zato connection "{name}"', fix=near or f"Add before this step: {sentence}")
    return connection
