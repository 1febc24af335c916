"""No secret of a message is shown to people who look at samples and logs."""

import json
import logging
from pathlib import Path
from urllib.parse import quote

import pytest

from apitest_server.redaction import masked
from tests.attempts import Attempts
from tests.security.secret_shapes import JWT, PAIR, SECRET, shapes
from tests.server.asgi import served

SERVICE = """\
from zato.server.service import Service
class Answer(Service):
    name = "my.answer"
    def handle(self):
        return self.request.payload
"""
# What is sent as a form; so is everything that curl sends, unless it is told otherwise
AS_FORMS = ("field", "form", "XML: element", "XML: attribute", "XML: pair", "URL", "configuration")
SERVICES = ("my.answer", "zato.helpers.raw-request-logger", "zato.helpers.input-logger")


def shows(text: str) -> bool:
    """Whether something of a secret is in a text."""
    return any(secret in text for secret in (SECRET, SECRET[2:], PAIR, JWT))


def test_no_shape_shows_its_secret(attempts: Attempts) -> None:
    """However the message is written."""
    for name, message in shapes().items():
        shown = str(masked(message))
        attempts.held(not shows(shown), f"{name}: {shown}")


def test_neither_samples_nor_logs_show_secrets(
    tmp_path: Path, attempts: Attempts, caplog: pytest.LogCaptureFixture
) -> None:
    """Of requests and responses of each shape, in bodies of each type and in the query string."""
    kinds = ("application/json", "text/plain", "application/xml", "application/x-www-form-urlencoded", "")
    channels = "".join(f"[[{name}]]\npath = /{name}\nservice = {name}\n" for name in SERVICES)
    with served(tmp_path, f"[rest]\n{channels}", a=SERVICE) as client, caplog.at_level(logging.INFO):
        for service in SERVICES:
            client.result("zato.service.configure-request-response", {"name": service, "sample_req_resp_freq": 1})
        for name, message in shapes().items():
            if not isinstance(message, str):
                continue
            for service in SERVICES:
                for kind in kinds:
                    if "urlencoded" in kind and not name.startswith(AS_FORMS):
                        continue
                    client.request("POST", f"/{service}", {"Content-Type": kind}, message.encode())
                if " form" in name:
                    client.get(f"/{service}?{quote(message, safe='=&%+')}")
                samples = json.dumps(client.result("zato.service.get-request-response", {"name": service}))
                attempts.held(not shows(samples), f"{name} in samples of {service}: {samples}")
            attempts.held(not shows(caplog.text), f"{name} in the log: {caplog.text[:5000]}")
            caplog.clear()
