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

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(
    AWS,
    __name__,
    {
        "change-password": "Changes the secret access key of {one}, at once.",
    },
)
