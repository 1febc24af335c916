"""What Kafka channels and outgoing connections have in common: where their brokers are, and who the server is there."""

from apitest_server.errors import InputError
from apitest_server.internal.crud import Field, OneOf
from apitest_server.kafka.place import check_address
from apitest_server.service.attrs import Attrs
from apitest_server.service.elements import Bool, Text

BROKERS = (
    Field(Text("address"), required=True, searched=True, about="Such as kafka1:9092,kafka2:9092"),
    Field(Text("username", default=""), about="Empty: nobody signs in"),
    Field(Text("password"), stored="encrypted"),
    Field(OneOf("sasl_mechanism", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")),
    Field(Bool("use_tls", default=False)),
    Field(Bool("validate_tls", default=True)),
    Field(Text("ca_certs", default=""), about="The path of a file; empty: those of the system"),
)
_LONGEST = 249  # characters of a topic's name
_ALLOWED = "letters, digits, `.`, `_` and `-`"


def check_brokers(fields: Attrs) -> None:
    """Refuses an address that leads nowhere.

    Raises:
        InputError: it cannot be used.
    """
    check_address(fields.address)


def check_topic(name: str) -> None:
    """Refuses what no topic can be called.

    Raises:
        InputError: it is such a name.
    """
    is_plain = name.isascii() and name.replace(".", "").replace("_", "").replace("-", "").isalnum()
    if not is_plain or len(name) > _LONGEST:
        raise InputError("topic", f"must have {_ALLOWED} only, {_LONGEST} of them at most: `{name}`")
