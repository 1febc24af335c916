"""Deploying services through a server's admin API: a real HTTP server stands in for it, and says what it is to say."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest.clients import zato
from apitest.clients.zato import AdminConnection
from apitest.errors import BadValue, CheckFailed, Unreachable
from tests.apitest.steps.playing import Play
from tests.apitest.web import Handler, WebServer

PASSWORD = "pass word"
DEPLOYED = {"zato_env": {"result": "ZATO_OK", "cid": "abc", "details": ""}}


class Admin(Handler):
    """An admin API that answers as the test has it."""

    server: "AdminServer"

    def on_zato(self) -> None:
        status, document = self.server.says
        if isinstance(document, bytes):
            self.answer(status, document, "text/plain")
        else:
            self.answer_json(document, status)


class AdminServer(WebServer):
    """The server of that API."""

    def __init__(self) -> None:
        super().__init__()
        self.says: tuple[int, Any] = (200, DEPLOYED)
        self.RequestHandlerClass = Admin


@pytest.fixture
def admin() -> Iterator[AdminServer]:
    """A server that deploys everything until it is told otherwise."""
    server = AdminServer()
    yield server
    server.close()


@pytest.fixture
def feature(play: Play, admin: AdminServer) -> Play:
    """A feature with a connection to that server, and a file of services."""
    (Path(play.zato.environment_dir) / "services.py").write_text("class A: pass\n")
    play.zato.request.address = admin.address
    zato.store(play.zato, "here", AdminConnection("1", "/zato/json", "admin", PASSWORD))
    return play


@pytest.mark.parametrize(
    ("url_path", "url"),
    [
        ("/zato/json", "http://a:1/zato/json/zato.service.upload-package"),
        ("/zato/json/", "http://a:1/zato/json/zato.service.upload-package"),
        ("/zato/json/zato.service.upload-package", "http://a:1/zato/json/zato.service.upload-package"),
        ("", "http://a:1/zato/json/zato.service.upload-package"),
        ("http://b:2/zato/json", "http://b:2/zato/json/zato.service.upload-package"),
    ],
)
def test_where_a_package_goes(url_path: str, url: str) -> None:
    """Below the address of the request, unless the connection has a whole URL."""
    assert AdminConnection("1", url_path, "admin", "x").url("http://a:1") == url


def test_where_another_service_is() -> None:
    """A service is called beside the one that packages are uploaded to, wherever that is."""
    for url_path in ("/zato/json", "/zato/json/zato.service.upload-package", ""):
        url = AdminConnection("1", url_path, "admin", "x").url("http://a:1", "zato.ping")
        assert url == "http://a:1/zato/json/zato.ping"


def test_what_a_service_returns(feature: Play, admin: AdminServer) -> None:
    """It is what stands beside the envelope, or nothing; the response of the scenario stays as it is."""
    before = feature.zato.response
    admin.says = 200, {**DEPLOYED, "zato_my_service_get_list_response": [1]}
    assert zato.call(feature.zato, "here", "zato.my-service.get-list", {"a": 1}) == [1]
    assert json.loads(admin.requests[-1][3]) == {"cluster_id": 1, "a": 1}
    admin.says = 200, DEPLOYED
    assert zato.call(feature.zato, feature.zato.resolve("#here"), "zato.ping", {}) is None
    assert feature.zato.response is before
    admin.says = 404, {"zato_env": {"result": "ZATO_ERROR", "details": "No such service"}}
    with pytest.raises(CheckFailed, match=r"did not answer zato\.ping") as caught:
        zato.call(feature.zato, "here", "zato.ping", {})
    assert caught.value.actual == "404 No such service"
    with pytest.raises(BadValue, match='no Zato connection "there"'):
        zato.call(feature.zato, "there", "zato.ping", {})


class TestStored:
    """Connections under their names."""

    def test_a_connection_is_a_variable_too(self, feature: Play) -> None:
        """#name is the connection itself."""
        connection = feature.zato.resolve("#here")
        assert isinstance(connection, AdminConnection)
        assert (connection.url_path, connection.username, connection.password) == ("/zato/json", "admin", PASSWORD)
        connection.close()

    def test_its_password_is_a_secret(self, feature: Play) -> None:
        """Of the run, and of whoever prints the connection; an empty one hides nothing."""
        assert PASSWORD in feature.run.secrets
        assert PASSWORD not in repr(feature.zato.resolve("#here"))
        zato.store(feature.zato, "open", AdminConnection("1", "", "admin", ""))
        assert "" not in feature.run.secrets


class TestUpload:
    """Uploading a file."""

    @pytest.mark.parametrize("by_name", [True, False])
    def test_what_is_sent(self, feature: Play, admin: AdminServer, by_name: bool) -> None:
        """The file's content in Base64, its name and the cluster, with the administrator's credentials."""
        zato.upload(feature.zato, "services.py", "here" if by_name else feature.zato.resolve("#here"))
        ((method, path, headers, body),) = admin.requests
        assert (method, path) == ("POST", "/zato/json/zato.service.upload-package")
        assert headers["Authorization"] == "Basic " + base64.b64encode(f"admin:{PASSWORD}".encode()).decode()
        assert json.loads(body) == {
            "cluster_id": "1",
            "payload": base64.b64encode(b"class A: pass\n").decode(),
            "payload_name": "services.py",
        }
        assert feature.zato.response.json() == DEPLOYED

    @pytest.mark.parametrize("directory", ["features", "project", "working"])
    def test_where_files_are_looked_for(
        self, feature: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directory: str
    ) -> None:
        """In the features directory, in the project, in the working directory; below them, too."""
        roots = {"features": Path(feature.zato.environment_dir), "project": tmp_path, "working": tmp_path / "working"}
        (tmp_path / "working").mkdir()
        monkeypatch.chdir(tmp_path / "working")
        feature.run.project = feature.run.project._replace(root=tmp_path)
        (roots[directory] / "below").mkdir()
        (roots[directory] / "below" / "more.py").write_text("")
        zato.upload(feature.zato, "below/more.py", "here")

    @pytest.mark.parametrize(
        ("says", "told"),
        [
            ((200, {"zato_env": {"result": "ZATO_ERROR", "details": "line 1"}}), "200 line 1"),
            ((400, {"result": "Error", "cid": "a", "details": "no such payload"}), "400 no such payload"),
            ((403, {"zato_env": DEPLOYED["zato_env"], "details": ["a", "b"]}), "403 ['a', 'b']"),
            ((200, ["what"]), "200 OK"),
            ((200, {"zato_env": "what"}), "200 OK"),
            ((500, b"a gateway's page"), "500 Internal Server Error"),
        ],
    )
    def test_refusals(self, feature: Play, admin: AdminServer, says: tuple[int, Any], told: str) -> None:
        """Only a success in the answer itself is one; what the server says is shown."""
        admin.says = says
        with pytest.raises(CheckFailed) as raised:
            zato.upload(feature.zato, "services.py", "here")
        assert raised.value.problem == "The server did not deploy services.py"
        assert raised.value.actual == told
        assert raised.value.where.endswith("/zato/json/zato.service.upload-package")
        assert feature.zato.last_exchange() is not None

    def test_a_server_that_is_not_there(self, feature: Play, admin: AdminServer) -> None:
        """It cannot be reached: nothing was tested."""
        admin.close()
        with pytest.raises(Unreachable):
            zato.upload(feature.zato, "services.py", "here")

    def test_a_file_that_is_not_there(self, feature: Play) -> None:
        """Where it was looked for is told."""
        with pytest.raises(BadValue) as raised:
            zato.upload(feature.zato, "nothing.py", "here")
        assert feature.zato.environment_dir in raised.value.where

    @pytest.mark.parametrize(
        ("name", "fix"),
        [
            ("Here", "Did you mean here?"),
            ("elsewhere in the cluster", 'Add before this step: Given I store "1" "/zato'),
        ],
    )
    def test_a_connection_that_is_not_there(self, feature: Play, name: str, fix: str) -> None:
        """A near name is told, or else the sentence that stores one."""
        with pytest.raises(BadValue) as raised:
            zato.upload(feature.zato, "services.py", name)
        assert raised.value.fix.startswith(fix)

    def test_a_variable_that_is_no_connection(self, feature: Play) -> None:
        """A number, say, is taken for a name."""
        with pytest.raises(BadValue, match='no Zato connection "5"'):
            zato.upload(feature.zato, "services.py", 5)  # type: ignore[arg-type]  # what a variable may hold
