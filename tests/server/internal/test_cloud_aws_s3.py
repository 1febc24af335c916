"""Tests of apitest_server.internal.cloud_aws_s3."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.services.s3 import S3
from tests.services.starting import own

CREATE = "zato.cloud.aws.s3.create"
SERVICE = """
from zato.server.service import Service

class Backup(Service):
    name = "backup"
    def handle(self):
        with self.cloud.aws.s3["a"].conn.client() as client:
            client.create_bucket(Bucket="apitest-internal")
        self.cloud.aws.s3.get("a").conn.set("key", {"article": "tea"})
        self.response.payload = {"content": self.cloud.aws.s3["a"].get("key").decode()}
"""


@pytest.fixture
def storage() -> Iterator[S3]:
    yield from own(S3)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"address": "s3.example.com"}, "`address` must be an address such as https://"),
        ({"region": ""}, "`region` must not be empty"),
        ({"metadata_": "department"}, "`metadata_` must have lines such as `department=shop`"),
        ({"storage_class": "COLD"}, "`storage_class` must be one of STANDARD"),
        ({"ca_certs": "none.pem"}, "`ca_certs` names a file that cannot be used"),
    ],
)
def test_a_definition_that_could_not_be_used_is_refused(
    untouched: Client, wrong: dict[str, str], expected: str
) -> None:
    """With the name of the field."""
    status, details = untouched.refused(CREATE, {"name": "a", **wrong})
    assert (status, expected in details) == (400, True), details


@pytest.mark.s3
def test_the_life_of_a_connection(tmp_path: Path, storage: S3) -> None:
    """As clients of such servers create it; the secret is set later, never shown, and in effect at once."""
    given = {"address": storage.address, "username": storage.access_key, "bucket": "apitest-internal"}
    with served(tmp_path, s=SERVICE) as client:
        number = client.result(CREATE, {"name": "a", "cluster_id": 1, "encrypt_at_rest": False, **given})["id"]
        assert client.refused("zato.cloud.aws.s3.ping", {"id": number})[0] == 502
        secret = {"password1": storage.secret_key, "password2": storage.secret_key}
        client.result("zato.cloud.aws.s3.change-password", {"id": number, **secret})
        assert client.result("backup") == {"content": '{"article":"tea"}'}
        assert storage.address in client.result("zato.cloud.aws.s3.ping", {"name": "a"})["info"]
        [row] = client.result("zato.generic.connection.get-list", {"type_": "cloud-aws.s3", "cluster_id": 1})
        assert row.items() >= {"name": "a", "id": number, "storage_class": "STANDARD", **given}.items()
        assert "password" not in row and storage.secret_key not in str(row)
        client.result("zato.cloud.aws.s3.edit", {"id": number, "is_active": False})
        assert client.refused("zato.cloud.aws.s3.ping", {"id": number})[0] == 404
        client.result("zato.cloud.aws.s3.delete", {"id": number})
        assert client.result("zato.cloud.aws.s3.get-list") == []


@pytest.mark.s3
def test_a_connection_uses_the_access_key_of_a_definition(tmp_path: Path, storage: S3) -> None:
    """A change of the definition counts at once, and it stays while a connection needs it."""
    aws, new = {"name": "keys", "username": storage.access_key}, storage.secret_key
    with served(tmp_path) as client:
        key = client.result("zato.security.aws.create", aws)["id"]
        about = {"name": "a", "address": storage.address, "security_id": key}
        number = client.result(CREATE, about)["id"]
        assert client.refused("zato.cloud.aws.s3.ping", {"id": number})[0] == 502
        client.result("zato.security.aws.change-password", {"id": key, "password1": new, "password2": new})
        assert storage.address in client.result("zato.cloud.aws.s3.ping", {"id": number})["info"]
        client.result("zato.security.aws.edit", {"id": key, "is_active": False})
        assert client.refused("zato.cloud.aws.s3.ping", {"id": number}) == (
            503,
            "The security definition of `a` is not active",
        )
        assert client.refused("zato.security.aws.delete", {"id": key})[0] == 400
        status, details = client.refused(CREATE, {**about, "name": "b", "security_id": number})
        assert (status, "`security_id`" in details) == (400, True)
