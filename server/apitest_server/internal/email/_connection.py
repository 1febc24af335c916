"""What IMAP and SMTP connections have in common: where a server of e-mail is, and who logs in."""

from apitest_server.internal.crud import VERIFIED, Between, Field, ObjectType, OneOf
from apitest_server.service.elements import Bool, Text

UNUSED = "Of old clients, without effect: a dialogue would show the password"


def connection(name: str, title: str, modes: tuple[str, ...], own: tuple[Field, ...]) -> ObjectType:
    """A type of connections.

    Args:
        name: its kind.
        title: in words.
        modes: how TLS may begin; the first one is the default.
        own: fields that only this type has.
    """
    return ObjectType(
        name=name,
        title=title,
        fields=(
            Field(Bool("is_active", default=True)),
            Field(Text("host"), required=True, searched=True),
            Field(Between("port", 0, 65535, default=0), about="0: that of the mode"),
            Field(OneOf("mode", *modes)),
            Field(Text("username", default=""), searched=True),
            Field(Text("password"), stored="encrypted"),
            Field(Between("timeout", 1, 3600, default=10), about="In seconds"),
            *VERIFIED,
            *own,
        ),
    )
