"""Pages of other sites make a browser, which knows the administrator's password, call the admin API."""

import json
from base64 import b64encode
from itertools import product
from pathlib import Path

import pytest

from tests.attempts import Attempts
from tests.security.test_credentials_guessed import basic
from tests.server.asgi import served

UPLOAD = "/zato/json/zato.service.upload-package"
CODE = b"from zato.server.service import Service\nclass Evil(Service):\n    name = 'evil'\n    def handle(self): pass\n"
PACKAGE = {"payload": b64encode(CODE).decode(), "payload_name": "evil.py"}
QUERY = f"?payload={PACKAGE['payload'].replace('+', '%2B')}&payload_name=evil.py"
BOUNDARY = "--b\r\nContent-Disposition: form-data; name={}\r\n\r\n{}\r\n"
# What a page can send without the server's consent: https://fetch.spec.whatwg.org/#cors-safelisted-request-header
BODIES = {
    "text/plain": json.dumps(PACKAGE),
    "text/plain; charset=application/json": json.dumps(PACKAGE),
    "text/plain;application/json": json.dumps(PACKAGE),
    "application/x-www-form-urlencoded": QUERY[1:],
    "multipart/form-data; boundary=b": "".join(BOUNDARY.format(*field) for field in PACKAGE.items()) + "--b--\r\n",
    "": json.dumps(PACKAGE),
}
# What browsers say of a page of another site: with and without TLS, on another port, in a frame that is shut in
SITES: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://example.org"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:3000"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://example.org"},
    {"Origin": "http://localhost:3000"},
    {"Origin": "http://localhost.example.org:17010"},
    {"Origin": "http://localhost:17010.example.org"},
    {"Origin": "https://example.org/http://localhost:17010"},
    {"Origin": "null"},
)
NO_SITE: dict[str, str] = {}  # Of an old browser that does not tell whose page it is
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/41.0 Safari/537.36"


def test_no_page_uploads_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attempts: Attempts) -> None:
    """With the right password, which the browser adds; only what is JSON and not from elsewhere is deployed."""
    monkeypatch.setenv("APITEST_ADMIN_PASSWORD", "right")
    with served(tmp_path) as client:
        known = {**basic("admin", "right"), "Host": "localhost:17010", "User-Agent": BROWSER}
        sent = [*product(BODIES.items(), (*SITES, NO_SITE)), *product([("application/json", BODIES[""])], SITES)]
        for (kind, body), site in sent:
            headers = {**known, **site, **({"Content-Type": kind} if kind else {})}
            answer = client.request("POST", UPLOAD, headers, body.encode())
            attempts.held(answer.status in (403, 415), f"{headers}: {answer.status} {answer.text}")
        for site, method in product(SITES, ("GET", "POST")):
            answer = client.request(method, UPLOAD + QUERY, {**known, **site})
            attempts.held(answer.status == 403, f"{method} {site} in the query: {answer.status}")
        for method in ("GET", "HEAD"):  # Links and images need no site
            answer = client.request(method, UPLOAD + QUERY, known)
            attempts.held(answer.status == 405, f"{method} in the query: {answer.status}")
        attempts.held("evil" not in client.app.store.names(), "the code was deployed")
        ours = {"Origin": "http://localhost:17010", "Sec-Fetch-Site": "same-origin"}
        assert client.post(UPLOAD, PACKAGE, **known, **ours).status == 200
        assert "evil" in client.app.store.names()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_no_name_of_another_site_leads_here(tmp_path: Path, host: str, attempts: Attempts) -> None:
    """Also where the page has the same origin as the server, since its name was bound to another address meanwhile."""
    names = ("example.org", "example.org:17010", "localhost.example.org", "127.0.0.1.example.org", "EXAMPLE.ORG.")
    odd = ("localhost@example.org", "localhost,example.org", "example.org:localhost", "0x7f000001", "[::1].example.org")
    with served(tmp_path, f"[main]\nhost = {host}\n") as client:
        for name, site in product((*names, *odd), ("same-origin", "none", "")):
            headers = {"Host": name, "Origin": f"http://{name}", **({"Sec-Fetch-Site": site} if site else {})}
            answer = client.request("POST", "/zato/json/zato.ping", headers)
            attempts.held(answer.status == 403, f"{headers}: {answer.status}")
