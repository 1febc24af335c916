"""Tests of apitest_server.outgoing.s3, against S3-compatible storage."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from urllib3.exceptions import InsecureRequestWarning

from apitest_server.errors import BadRequest, NotFound, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing import driver
from apitest_server.outgoing.s3 import S3Connection, metadata_of
from tests.services.s3 import S3


def connection(storage: S3, directory: Path, password: str = "", **fields: object) -> S3Connection:
    given = {"address": storage.address, "username": storage.access_key, "timeout": 60, "encrypt_at_rest": False}
    secret = {"password": password or storage.secret_key}
    return S3Connection(StoredObject(1, "cloud.aws.s3", "Backup", {**given, **fields}, secret), directory)


def bucket(one: S3Connection) -> str:
    """The name of a new bucket."""
    name = f"bucket-{token_hex(6)}"
    with one.client() as client:
        client.create_bucket(Bucket=name)
    return name


@pytest.fixture
def backup(storage: S3, tmp_path: Path) -> Iterator[S3Connection]:
    made = connection(storage, tmp_path)
    yield made
    made.close()


@pytest.mark.s3
def test_objects_are_used(backup: S3Connection, storage: S3) -> None:
    """They are written, listed, read and deleted; text, bytes, data and files."""
    name = bucket(backup.conn)
    file = io.BytesIO(b"f" * 10_000)
    for key, data in (("a/text", "Zażółć"), ("a/bytes", b"\xff"), ("b", {"one": 1}), ("file", file)):
        backup.set(key, data, name)
    assert backup.get("a/text", name).decode() == "Zażółć"
    assert (backup.get("a/bytes", name), backup.get("b", name)) == (b"\xff", b'{"one":1}')
    assert backup.get("file", name) == b"f" * 10_000
    assert [(row.key, row.size) for row in backup.list("a/", name)] == [("a/bytes", 1), ("a/text", 10)]
    backup.delete("b", name)
    backup.delete("b", name)
    # This storage may list a directory of its own as well
    assert [row.key for row in backup.list(bucket=name) if row.key != "a/"] == ["a/bytes", "a/text", "file"]
    assert backup.ping() == storage.address


@pytest.mark.s3
def test_the_access_key_may_be_that_of_a_definition(storage: S3, tmp_path: Path) -> None:
    """What it is now counts, and nothing is asked for while it is not active."""
    about, secrets = {"username": storage.access_key}, {"password": "wrong"}
    known = {7: StoredObject(7, "security.aws", "aws", about, secrets)}
    item = StoredObject(1, "cloud.aws.s3", "Backup", {"address": storage.address, "security_id": 7, "timeout": 60})
    one = S3Connection(item, tmp_path, known.get)
    with pytest.raises(RemoteError, match="SignatureDoesNotMatch"):
        one.ping()
    known[7] = StoredObject(7, "security.aws", "aws", about, {"password": storage.secret_key})
    assert one.ping() == storage.address
    with one.client() as first, one.client() as second:
        assert first is second
    del known[7]
    with pytest.raises(ServiceUnavailable, match="The security definition of `Backup` is not active"):
        one.ping()
    one.close()


@pytest.mark.s3
def test_what_a_connection_says_of_objects(storage: S3, tmp_path: Path) -> None:
    """Bucket, content type and metadata; those of a call count more."""
    first = connection(storage, tmp_path)
    name = bucket(first)
    first.close()
    one = connection(storage, tmp_path, bucket=name, content_type="text/x", metadata_="department=shop\nby = me")
    one.set("a", b"1")
    one.set("b", b"1", content_type="text/y", metadata={"by": "you"})
    with one.client() as client:
        found = [client.head_object(Bucket=name, Key=key) for key in "ab"]
    assert [row["ContentType"] for row in found] == ["text/x", "text/y"]
    assert [row["Metadata"] for row in found] == [{"department": "shop", "by": by} for by in ("me", "you")]
    assert (one.ping(), one.get("a")) == (storage.address, b"1")
    one.close()


@pytest.mark.s3
def test_what_is_refused(backup: S3Connection, storage: S3, tmp_path: Path) -> None:
    """The error says why, in the storage's words, and never the secret."""
    name = bucket(backup)
    with pytest.raises(NotFound, match="`Backup` refuses it: NoSuchKey"):
        backup.get("none", name)
    with pytest.raises(NotFound, match="NoSuchBucket"):
        backup.list(bucket="none-at-all")
    with pytest.raises(BadRequest, match="A bucket is required: `Backup` has none"):
        backup.get("a")
    with pytest.raises(BadRequest, match="Invalid length for parameter Key"):
        backup.get("", name)
    other = connection(storage, tmp_path, password="wrong-secret")
    with pytest.raises(RemoteError, match="SignatureDoesNotMatch") as caught:
        other.ping()
    assert caught.value.remote_status == 403 and "wrong-secret" not in str(caught.value)
    other.close()


@pytest.mark.s3
def test_over_tls(storage: S3, tmp_path: Path) -> None:
    """With the authority of the certificate, without any verification; not with those of the system."""
    one = connection(storage, tmp_path, address=storage.tls_address, ca_certs=str(storage.authority))
    assert one.ping() == storage.tls_address
    one.close()
    lax = connection(storage, tmp_path, address=storage.tls_address, validate_tls=False)
    with pytest.warns(InsecureRequestWarning):
        assert lax.ping() == storage.tls_address
    lax.close()
    other = connection(storage, tmp_path, address=storage.tls_address)
    with pytest.raises(ServiceUnavailable, match="certificate verify failed"):
        other.ping()
    other.close()
    with pytest.raises(BadRequest, match="`ca_certs` names a file that cannot be used"):
        connection(storage, tmp_path, address=storage.tls_address, ca_certs="none.pem")


@pytest.mark.s3
def test_storage_that_dies_is_found_again(storage: S3, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What was written is there; the log has one line for it being away, however many ask, and one for being back."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    one = connection(storage, tmp_path)
    name = bucket(one)
    one.set("a", "kept", name)
    storage.kill()
    try:
        for _ in range(3):
            with pytest.raises(ServiceUnavailable, match="`Backup` cannot be reached"):
                one.get("a", name)
    finally:
        storage.start()
    assert one.get("a", name) == b"kept"
    one.close()
    said = [record.getMessage().partition(":")[0] for record in caplog.records if record.name == "apitest.outgoing"]
    assert said == [
        "S3 connection `Backup` cannot be used until further notice", "S3 connection `Backup` is connected again",
    ]  # fmt: skip


@pytest.mark.s3
def test_storage_that_falls_silent(storage: S3, tmp_path: Path) -> None:
    """It is not waited for any longer than the connection says."""
    one = connection(storage, tmp_path, timeout=1)
    storage.pause(True)
    try:
        with pytest.raises(ServiceTimeout, match="`Backup` does not answer"):
            one.ping()
    finally:
        storage.pause(False)
        one.close()


def test_a_missing_driver_is_named_with_what_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra of this product."""
    monkeypatch.setattr(driver, "find_spec", lambda name: None)
    with pytest.raises(ServiceUnavailable, match=r"pip install apitest\[s3\]"):
        S3Connection(StoredObject(1, "cloud.aws.s3", "a", {"address": "http://h"}), tmp_path)


def test_metadata_are_pairs() -> None:
    """One a line."""
    assert metadata_of("a=1\n\n b = 2=3 \n") == {"a": "1", "b": "2=3"}
    for wrong in ("a", "=1", "ä=1"):
        with pytest.raises(ValueError, match="department=shop"):
            metadata_of(wrong)
