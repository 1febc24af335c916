"""Connections to S3-compatible storage: defined and tried; services use them as ``self.cloud.aws.s3``."""

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal._web_address import WebAddress
from apitest_server.internal.crud import Between, Field, Generic, ObjectType, OneOf, Reference
from apitest_server.outgoing.s3 import metadata_of
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text

_STORAGE_CLASSES = (
    "STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "REDUCED_REDUNDANCY", "GLACIER", "GLACIER_IR",
    "DEEP_ARCHIVE",
)  # fmt: skip


class _Metadata(Text):
    """Names and values, a pair a line."""

    def parse(self, value: object) -> str:
        """The lines."""
        text = super().parse(value).strip()
        metadata_of(text)
        return text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if not fields.region:
        raise InputError("region", "must not be empty: us-east-1 for storage that has no regions")


S3 = ObjectType(
    name="cloud.aws.s3",
    title="S3 connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(WebAddress("address", default="https://s3.amazonaws.com"), searched=True),
        Field(Text("username", default=""), searched=True, about="The ID of an access key"),
        Field(Text("password"), stored="encrypted", about="The secret access key"),
        Field(
            Reference("security_id"),
            refers_to=("security.aws",),
            about="Of an AWS definition, whose access key is used in the place of these",
        ),
        Field(Text("region", default="us-east-1")),
        Field(Text("bucket", default=""), searched=True, about="Of calls that name none"),
        Field(OneOf("addressing", "path", "virtual"), about="virtual: buckets are a part of the host's name"),
        Field(Text("content_type", default="application/octet-stream")),
        Field(_Metadata("metadata_", default=""), about="Of all objects that are written, such as department=shop"),
        Field(Bool("encrypt_at_rest", default=True), about="The storage is asked to encrypt what is written"),
        Field(OneOf("storage_class", *_STORAGE_CLASSES)),
        Field(Between("pool_size", 1, 200, default=10), about="Connections that are kept for the next use"),
        Field(Between("timeout", 1, 3600, default=30), about="In seconds"),
        Field(Bool("validate_tls", default=True)),
        Field(Text("ca_certs", default=""), about="The path of a file; empty: those of the system"),
    ),
    validate=_validate,
    generic=Generic(),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(S3, __name__)


class Ping(crud.Ping):
    """Asks the storage of an S3 connection for its bucket, or for all of them."""

    name = "zato.cloud.aws.s3.ping"
    object_type = S3
