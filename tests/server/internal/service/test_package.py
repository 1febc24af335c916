"""Tests of apitest_server.internal.service.package."""

from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused

ONE = b"from zato.server.service import Service\nclass One(Service):\n    def handle(self): return 1\n"


def upload(content: bytes, name: str = "a.py") -> dict[str, str]:
    return {"payload": b64encode(content).decode(), "payload_name": name}


def test_a_package_serves_once_it_is_uploaded(tmp_path: Path) -> None:
    """A second one takes its place; its source and its file are shown."""
    with served(tmp_path) as client:
        found = call(client, "zato.service.upload-package", upload(ONE))
        assert found == {"payload_name": "a.py", "services": ["a.one"]}
        assert call(client, "a.one") == 1
        again = ONE.replace(b"return 1", b"return 2")
        call(client, "zato.service.upload-package", upload(again))
        assert call(client, "a.one") == 2
        source = call(client, "zato.service.get-source-info", {"name": "a.one"})
        assert b64decode(source["source"]) == again
        assert source["source_hash"] == sha256(again).hexdigest()
        assert source["source_path"] == str(tmp_path / "services" / "a.py")


def test_a_package_that_is_uploaded_again_may_be_called(tmp_path: Path) -> None:
    """Also if its service was switched off before; one that is refused changes nothing."""
    with served(tmp_path) as client:
        call(client, "zato.service.upload-package", upload(ONE))
        call(client, "zato.service.edit", {"name": "a.one", "is_active": False})
        refused(client, "zato.service.upload-package", upload(ONE + b"def"))
        assert call(client, "zato.service.get-by-name", {"name": "a.one"})["is_active"] is False
        call(client, "zato.service.upload-package", upload(ONE))
        assert call(client, "zato.service.get-by-name", {"name": "a.one"})["is_active"] is True
        assert call(client, "a.one") == 1


def test_a_broken_package_is_refused(tmp_path: Path) -> None:
    """The version before goes on; the error names file and line."""
    with served(tmp_path) as client:
        call(client, "zato.service.upload-package", upload(ONE))
        status, details = refused(client, "zato.service.upload-package", upload(ONE + b"def"))
        assert status == 400
        assert "a.py is not valid Python" in details
        assert "a.py:4" in details
        assert call(client, "a.one") == 1


@pytest.mark.parametrize("name", ["../a.py", "a.txt", "a b.py", ""])
def test_a_package_has_the_name_of_a_module(untouched: Client, name: str) -> None:
    """It never leaves the directory."""
    assert refused(untouched, "zato.service.upload-package", upload(ONE, name))[0] == 400


def test_what_is_no_base64_is_refused(tmp_path: Path) -> None:
    """Before anything is deployed."""
    with served(tmp_path) as client:
        payload = {"payload": "!", "payload_name": "a.py"}
        assert refused(client, "zato.service.upload-package", payload)[1] == "Input field `payload` must be Base64"


def test_deployment_info_says_where_and_since_when(tmp_path: Path) -> None:
    """Of user services and of internal ones."""
    with served(tmp_path, a=ONE.decode()) as client:
        [row] = call(client, "zato.service.get-deployment-info-list", {"name": "a.one"})
        assert (row["file"], row["server_id"], row["error"]) == (str(tmp_path / "services" / "a.py"), 1, "")
        [internal] = call(client, "zato.service.get-deployment-info-list", {"name": "zato.ping"})
        assert internal["place"] == "apitest_server.internal.ping:Ping"
        assert internal["since"] == call(client, "zato.server.get-list")[0]["started"]
        assert refused(client, "zato.service.get-deployment-info-list", {"name": "x"})[0] == 404


def test_the_source_of_an_internal_service_is_there_as_well(tmp_path: Path) -> None:
    """An unknown one has none."""
    with served(tmp_path) as client:
        found = call(client, "zato.service.get-source-info", {"name": "zato.ping"})
        assert b"class Ping(Service)" in b64decode(found["source"])
        assert refused(client, "zato.service.get-source-info", {"id": 1})[0] == 404
