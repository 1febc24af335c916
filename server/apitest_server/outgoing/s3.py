"""A connection to S3-compatible storage, ``self.cloud.aws.s3["Backup"].set("key", data)`` in services."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import IOBase
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from apitest_server.errors import BadRequest, ServiceUnavailable
from apitest_server.invoke.message_body import body_of
from apitest_server.odb import StoredObject
from apitest_server.outgoing.driver import Driver
from apitest_server.outgoing.notices import Notices
from apitest_server.outgoing.pairs import pairs
from apitest_server.outgoing.s3_errors import told
from apitest_server.outgoing.tls import context
from apitest_server.service.attrs import Attrs

if TYPE_CHECKING:
    from botocore.client import BaseClient

DRIVER = Driver("S3", "boto3", "boto3", "s3")
_ENCRYPTION = "AES256"
Definition = Callable[[int], StoredObject | None]


def _nobody(number: int) -> None:
    """There are no security definitions."""


class S3Connection:
    """One definition, ready to be used by any thread; connects when it is first used.

    Every method raises an HTTPError: 404 where there is no such bucket or key, 502 where the storage refuses it
    otherwise, 400 for what cannot be asked, 503 where it is away, 504 where it does not answer in time.
    """

    def __init__(self, item: StoredObject, directory: Path, definition: Definition = _nobody) -> None:
        """Takes what it is made of.

        Args:
            item: what describes it.
            directory: where relative paths of files begin.
            definition: gives the active security definition that has an ID, or ``None``.

        Raises:
            BadRequest: its certificates cannot be used.
            ServiceUnavailable: the driver is not installed.
        """
        DRIVER.need()
        self.name = item.name
        self._fields = item.fields
        self._item = item
        self._definition = definition
        self._shown = item
        self._notices = Notices(f"S3 connection `{item.name}`")
        self._lock = Lock()
        self._made: BaseClient | None = None
        ca_certs = str(item.fields.get("ca_certs") or "")
        self._verify: bool | str = str(directory / ca_certs) if ca_certs else True
        if item.fields["address"].startswith("https:"):
            context(item.fields, directory)
        if not item.fields.get("validate_tls", True):
            self._verify = False

    @property
    def conn(self) -> "S3Connection":
        """The connection itself, by the name that existing services use."""
        return self

    @contextmanager
    def client(self) -> Iterator["BaseClient"]:
        """The client of boto3, for all that the methods below do not do; what it raises becomes the errors of these."""
        client, secret = self._client()
        with told(self.name, self._notices, secret):
            yield client

    def get(self, key: str, bucket: str = "") -> bytes:
        """The content of an object."""
        with self.client() as client:
            found = client.get_object(Bucket=self._bucket(bucket), Key=key)
            with found["Body"] as body:
                return bytes(body.read())

    def set(
        self,
        key: str,
        data: object,
        bucket: str = "",
        content_type: str = "",
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        """Writes an object.

        Args:
            key: its name.
            data: bytes as they are, text in UTF-8, a file by its content in parts, all else as JSON.
            bucket: that of the connection if empty.
            content_type: likewise.
            metadata: next to those of the connection.
        """
        more: dict[str, object] = {"Metadata": {**metadata_of(self._fields.get("metadata_", "")), **(metadata or {})}}
        default = self._fields.get("content_type", "")
        if isinstance(data, IOBase):
            with self.client() as client:
                more |= self._stored(content_type or default)
                client.upload_fileobj(data, self._bucket(bucket), key, ExtraArgs=more)
            return
        body, own = body_of(data)
        more |= self._stored(content_type or own or default)
        with self.client() as client:
            client.put_object(Bucket=self._bucket(bucket), Key=key, Body=body, **more)

    def delete(self, key: str, bucket: str = "") -> None:
        """Deletes an object; one that is not there is no error, as S3 has it."""
        with self.client() as client:
            client.delete_object(Bucket=self._bucket(bucket), Key=key)

    def list(self, prefix: str = "", bucket: str = "") -> list[Attrs]:
        """All objects whose keys begin with a prefix: of each its ``key``, ``size`` and ``last_modified``."""
        found: list[Attrs] = []
        with self.client() as client:
            pages = client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket(bucket), Prefix=prefix)
            for page in pages:
                for row in page.get("Contents", ()):
                    about = {"key": row["Key"], "size": row["Size"], "last_modified": row["LastModified"]}
                    found.append(Attrs(about))
        return found

    def ping(self) -> str:
        """Asks for the bucket of the connection, or for all where it has none; returns the address."""
        bucket = self._fields.get("bucket", "")
        with self.client() as client:
            if bucket:
                client.head_bucket(Bucket=bucket)
            else:
                client.list_buckets()
        return str(self._fields["address"])

    def close(self) -> None:
        """Closes what is not in use."""
        with self._lock:
            if self._made is not None:
                self._made.close()

    def _bucket(self, given: str) -> str:
        bucket = given or self._fields.get("bucket", "")
        if not bucket:
            raise BadRequest(f"A bucket is required: `{self.name}` has none of its own")
        return str(bucket)

    def _stored(self, content_type: str) -> dict[str, object]:
        more = {"StorageClass": self._fields.get("storage_class", "STANDARD")}
        if content_type:
            more["ContentType"] = content_type
        if self._fields.get("encrypt_at_rest", True):
            more["ServerSideEncryption"] = _ENCRYPTION
        return more

    def _client(self) -> tuple["BaseClient", str]:
        number = self._fields.get("security_id", 0)
        shown = self._definition(number) if number else self._item
        if shown is None:
            raise ServiceUnavailable(f"The security definition of `{self.name}` is not active")
        secret = shown.secret("password")
        with self._lock:
            if self._made is None or shown is not self._shown:
                self._made, self._shown = self._connected(shown.fields.get("username", ""), secret), shown
            return self._made, secret

    def _connected(self, username: str, secret: str) -> "BaseClient":
        from boto3.session import Session
        from botocore.config import Config

        get = self._fields.get
        timeout = get("timeout", 30)
        config = Config(
            connect_timeout=timeout,
            read_timeout=timeout,
            max_pool_connections=get("pool_size", 10),
            retries={"mode": "standard", "total_max_attempts": 2},
            s3={"addressing_style": get("addressing", "path")},
            # Storage that is not Amazon's does not know the newer checksums
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        session = Session(username or None, secret or None, region_name=get("region", "us-east-1"))
        return session.client("s3", endpoint_url=get("address"), verify=self._verify, config=config)


def metadata_of(text: str) -> dict[str, str]:
    """Names and values, a pair a line: ``department=shop``.

    Raises:
        ValueError: a line is not such a pair.
    """
    if not text.isascii():
        raise ValueError("must have lines such as `department=shop`, in ASCII")
    return pairs(text, "department=shop")
