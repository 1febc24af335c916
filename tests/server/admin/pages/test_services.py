"""Tests of apitest_server.admin.pages.services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.admin.visitor import Visitor, visiting, words
from tests.server.asgi import Answer

SERVICES = '''
from zato.server.service import Int, Service

class Add(Service):
    """Adds two ``numbers``."""
    name = "mine.add"
    class SimpleIO:
        input_required = (Int("a"),)
        input_optional = (Int("b", default=1),)
        output_required = (Int("sum"),)
    def handle(self):
        self.response.payload.sum = self.request.input.a + self.request.input.b

class Echo(Service):
    name = "mine.echo"
    def handle(self):
        self.response.payload = self.request.payload

class Bytes(Service):
    name = "mine.bytes"
    def handle(self):
        self.response.payload = b"bytes"
'''


@pytest.fixture
def visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    """Of a server with services of a user."""
    with visiting(tmp_path, monkeypatch, mine=SERVICES) as found:
        yield found


def upload(visitor: Visitor, name: str, content: str) -> Answer:
    """A file, sent as a browser sends it."""
    visitor.get("services")
    parts = (
        f'--x\r\nContent-Disposition: form-data; name="proof"\r\n\r\n{visitor.proof}\r\n'
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{content}\r\n--x--\r\n'
    )
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    return visitor._ask("POST", "services", parts.encode(), kind)


def test_services_are_found(visitor: Visitor) -> None:
    """Those of users first, all of them by page, and by their names."""
    assert "mine.add" in words(visitor.get("services"))
    assert "zato.ping" not in words(visitor.get("services"))
    assert "Page 1 of" in words(visitor.get("services?whose=all&page=1"))
    found = words(visitor.get("services?whose=internal&search=zato.ping&page=x"))
    assert "zato.ping" in found
    assert "mine.add" not in found
    assert "Nothing matches “zzz”" in words(visitor.get("services?search=zzz"))


def test_a_service_is_shown(visitor: Visitor) -> None:
    """What it says, takes and returns, its source, and since when it is there."""
    page = words(visitor.get("services/mine.add"))
    for part in (
        "Adds two numbers.",
        "What it returns",
        "sum",
        "class Add(Service)",
        "mine.py",
        "On server server since",
    ):
        assert part in page
    assert visitor.get("services/no.such").status == 404


def test_it_is_invoked_with_a_form_of_its_fields(visitor: Visitor) -> None:
    """What is empty is not given; what is wrong is told."""
    visitor.get("services/mine.add")
    answer = visitor.post("services/mine.add/invoke", a="2", b="3").json()
    assert answer["answer"] == {"sum": 5}
    assert '"a": 2' in words(visitor.get(f"steps/{answer['done']}"))
    assert visitor.post("services/mine.add/invoke", a="2", b="").json()["answer"] == {"sum": 3}
    wrong = visitor._ask("POST", "services/mine.add/invoke", f"proof={visitor.proof}&a=x".encode(), {
        "Content-Type": "application/x-www-form-urlencoded", "Accept": "*/*",
    })  # fmt: skip
    assert (wrong.status, wrong.json()["problem"]) == (400, "Input field `a` must be an integer")


def test_it_is_invoked_with_json(visitor: Visitor) -> None:
    """Where it declares nothing; the JSON is an object."""
    visitor.get("services/mine.echo")
    assert visitor.post("services/mine.echo/invoke", request='{"service": 1}').json()["answer"] == {"service": 1}
    assert visitor.post("services/mine.echo/invoke", request="[1]").status == 400
    assert visitor.post("services/mine.bytes/invoke", request="{}").json()["answer"] == "bytes"


def test_what_is_kept_of_its_calls(visitor: Visitor) -> None:
    """Is set, and shown, with the calls of the last hour."""
    visitor.get("services/mine.add")
    page = words(visitor.post("services/mine.add", sample_every="1", slow_threshold="5", is_active="true"))
    assert "Service mine.add was changed." in page
    visitor.post("services/mine.add/invoke", a="41", b="1")
    page = words(visitor.get("services/mine.add"))
    assert '"sum": 42' in page
    assert "95th percentile, ms" in page
    visitor.post("services/mine.add", sample_every="0")
    assert visitor.client.result("zato.service.get-by-name", {"name": "mine.add"})["is_active"] is False


def test_a_file_is_deployed(visitor: Visitor) -> None:
    """One that cannot be is refused with its error, and nothing is one."""
    text = SERVICES.replace("mine.", "new.")
    assert "Deployed: new.add, new.bytes, new.echo." in words(upload(visitor, "new.py", text))
    broken = upload(visitor, "new.py", "class")
    assert broken.status == 400
    assert "new.py" in words(broken)
    assert "new.add" in words(visitor.get("services"))
    assert upload(visitor, "", "").status == 400


def test_pages_go_on_without_the_module_of_statistics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They show what there is."""
    with visiting(tmp_path, monkeypatch, "[deploy_internal]\nstats = False\n", mine=SERVICES) as visitor:
        assert "Calls of the last hour None." in words(visitor.get("services/mine.add"))


def test_a_service_called_like_html_stays_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In lists and on its page."""
    text = SERVICES.replace('"mine.echo"', '"<script>x"')
    with visiting(tmp_path, monkeypatch, mine=text) as visitor:
        assert "<script>x" not in visitor.get("services").text
        page = visitor.get("services/%3Cscript%3Ex")
        assert page.status == 200
        assert "<script>x" not in page.text
