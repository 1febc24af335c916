"""Security definitions: WS-Security username tokens, in the header of SOAP envelopes."""

from apitest_server.internal import crud
from apitest_server.internal._named_along import rename_client
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
    after_edit=rename_client,
    declared=lambda server: server.components[SECURITY].declared("security.wss"),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(WSS, __name__)
