"""Security definitions: Amazon Web Services, for which outgoing REST and SOAP connections sign their requests."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.service.elements import Bool, Text


class ScopePart(Text):
    """A part of what a signature is for."""

    def parse(self, value: object) -> str:
        """The part, which the signature has between slashes."""
        text = super().parse(value).strip()
        if not text or not text.isascii() or not text.replace("-", "").isalnum():
            raise ValueError("must be letters, digits and dashes, such as us-east-1")
        return text


AWS = ObjectType(
    name="security.aws",
    title="AWS definition",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("username"), required=True, searched=True, about="The ID of the access key"),
        Field(ScopePart("region", default="us-east-1")),
        Field(ScopePart("service", default="execute-api"), about="Such as s3, execute-api or sqs"),
        Field(Text("password"), stored="encrypted", about="The secret access key"),
    ),
    space="security",
)


class Create(crud.Create):
    """Creates an AWS definition; it takes effect at once."""

    name = "zato.security.aws.create"
    object_type = AWS


class Edit(crud.Edit):
    """Changes the given fields of an AWS definition, at once; the others keep their values."""

    name = "zato.security.aws.edit"
    object_type = AWS


class Delete(crud.Delete):
    """Deletes an AWS definition, unless connections need it."""

    name = "zato.security.aws.delete"
    object_type = AWS


class GetList(crud.GetList):
    """Lists AWS definitions by name; by page, search words and fields."""

    name = "zato.security.aws.get-list"
    object_type = AWS


class GetByID(crud.GetByID):
    """Returns an AWS definition, found by its ID, without secrets."""

    name = "zato.security.aws.get-by-id"
    object_type = AWS


class GetByName(crud.GetByName):
    """Returns an AWS definition, found by its name, without secrets."""

    name = "zato.security.aws.get-by-name"
    object_type = AWS


class ChangePassword(crud.ChangePassword):
    """Changes the secret access key of an AWS definition, at once."""

    name = "zato.security.aws.change-password"
    object_type = AWS
