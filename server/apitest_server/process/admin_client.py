"""Calls services of a running server over its admin API, as who may read the server's directory."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from apitest_server.cluster.calling import exchanged
from apitest_server.cluster.local import token
from apitest_server.errors import CallFailed
from apitest_server.odb.key import SecretKey
from apitest_server.process.background import running

_TIMEOUT = 300.0  # seconds; how long a service may take is for the server to say


def call(directory: Path, service: str, payload: Any = None) -> Any:
    """What a service answers.

    Args:
        directory: the server's.
        service: its name.
        payload: the input; anything that JSON can hold.

    Raises:
        NotRunning: no server runs there, or it does not answer.
        CallFailed: the service was not called, or failed, with what the server says.
    """
    server = running(directory)
    headers = {"Authorization": f"Bearer {token(SecretKey(directory))}", "Content-Type": "application/json"}
    path = f"/zato/json/{quote(service, safe='')}"
    return _element(service, *exchanged(server, "POST", path, _TIMEOUT, json.dumps(payload or {}), headers))


def _element(service: str, status: int, body: bytes) -> Any:
    """What stands in the envelope."""
    try:
        envelope = json.loads(body)
        about = envelope.get("zato_env") or envelope
        if about["result"] == "ZATO_OK":
            return next((value for key, value in envelope.items() if key != "zato_env"), None)
        problem, cid = about["details"], about.get("cid", "")
    except (ValueError, KeyError, AttributeError, TypeError):
        raise CallFailed(f"The server answered {service} with {status} and no message of its own") from None
    raise CallFailed(f"{service}: {problem}", f"cid {cid}" if cid else "")
