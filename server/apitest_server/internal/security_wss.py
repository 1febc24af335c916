"""Security definitions: WS-Security username tokens, in the header of SOAP envelopes."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field, ObjectType, OneOf
from apitest_server.security.objects import SECURITY
from apitest_server.service.elements import Bool, Text

_DAY = 24 * 3600

WSS = ObjectType(
    name="security.wss",
    title="WS-Security definition",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("username"), required=True, searched=True),
        Field(OneOf("password_type", "clear_text", "digest")),
        Field(Bool("reject_empty_nonce_creat", default=True), about="Tokens without a nonce or a time of creation"),
        Field(Bool("reject_stale_tokens", default=True), about="Tokens that are older than the limit"),
        Field(Between("reject_expiry_limit", 1, _DAY, default=300), about="In seconds"),
        Field(Between("nonce_freshness_time", 1, _DAY, default=300), about="In seconds"),
        Field(Text("password"), stored="encrypted", random=True),
    ),
    space="security",
    declared=lambda server: server.components[SECURITY].declared("security.wss"),
)


class Create(crud.Create):
    """Creates a WS-Security definition; it takes effect at once."""

    name = "zato.security.wss.create"
    object_type = WSS


class Edit(crud.Edit):
    """Changes the given fields of a WS-Security definition, at once; the others keep their values."""

    name = "zato.security.wss.edit"
    object_type = WSS


class Delete(crud.Delete):
    """Deletes a WS-Security definition, unless other objects need it."""

    name = "zato.security.wss.delete"
    object_type = WSS


class GetList(crud.GetList):
    """Lists WS-Security definitions by name, those of server.conf first; by page, search words and fields."""

    name = "zato.security.wss.get-list"
    object_type = WSS


class GetByID(crud.GetByID):
    """Returns a WS-Security definition, found by its ID, without secrets."""

    name = "zato.security.wss.get-by-id"
    object_type = WSS


class GetByName(crud.GetByName):
    """Returns a WS-Security definition, found by its name, without secrets."""

    name = "zato.security.wss.get-by-name"
    object_type = WSS


class ChangePassword(crud.ChangePassword):
    """Changes the password of a WS-Security definition, at once."""

    name = "zato.security.wss.change-password"
    object_type = WSS
